import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeNetworkFolder } from '../support/network-folder.ts';

/** A network whose one service writes into a file of this machine. */
export interface LogsNetwork {
  readonly log: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Starts to write so many lines a second; ends when it is asked to. */
  writeOn(linesPerSecond: number): { stop(): void };
  remove(): Promise<void>;
}

/** About a hundred bytes: what a web server writes of a request. */
export function logLine(number: number): string {
  const at = new Date(1_771_405_200_000 + number).toISOString();
  return `${at} info  request ${number} GET /api/things/${number % 997} 200 took ${number % 89} ms for 10.0.0.${number % 255}\n`;
}

/** Its log's path is that which launchctl tells of its unit. */
export async function makeLogsNetwork(): Promise<LogsNetwork> {
  const folder = await makeNetworkFolder(inventoryText);
  const log = join(folder.root, 'worker.log');
  const launchctlText = join(folder.root, 'launchctl.txt');
  await writeFile(launchctlText, printOf(log));
  await writeFile(log, Array.from({ length: 100 }, (_, index) => logLine(index)).join(''));
  const preload = fileURLToPath(new URL('./mac-preload.mjs', import.meta.url));
  return {
    log,
    args: ['--root', folder.root],
    env: {
      JOELCLAW_STATE: folder.state,
      LAUNCHCTL_TEXT: launchctlText,
      NODE_OPTIONS: `--import=${preload}`,
    },
    writeOn: (linesPerSecond) => {
      const writer = fileURLToPath(new URL('./logs-writer.ts', import.meta.url));
      const child: ChildProcess = spawn(process.execPath, [writer, log, String(linesPerSecond)]);
      return { stop: () => void child.kill() };
    },
    remove: () => folder.remove(),
  };
}

const inventoryText = `version: 1
name: logs
defaults: {interval: 1h}
hosts: [{name: here, access: local}]
services: [{name: worker, host: here, manager: {kind: launchd, label: bench.worker}, checks: []}]
`;

/** The fields that are read of \`launchctl print\` (test/fixtures/launchctl/05). */
function printOf(log: string): string {
  const fields = ['state = running', `stdout path = ${log}`, 'pid = 1', 'runs = 1'];
  return `gui/0/bench.worker = {\n${fields.map((field) => `\t${field}\n`).join('')}}\n`;
}
