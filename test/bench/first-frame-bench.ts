import { hostname } from 'node:os';
import { neverAnswer, startBehaving } from '../support/behave.ts';
import { freePort } from '../support/free-port.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { type Amount, atMost, type Bench, type Figure, runs } from './bench.ts';
import { interleave } from './interleave.ts';
import { median } from './median.ts';
import { startOnPty } from './pty-run.ts';
import type { Staged } from './staged.ts';
import { timedRun } from './timed-run.ts';

const goalMs = 150;

/** The last service of the inventory, and how a whole frame ends (DEC 2026). */
const marker = 'last-of-all';
const frameEnd = '\u001b[?2026l';
const isWhole = (text: string): boolean =>
  text.includes(marker) && text.indexOf(frameEnd, text.indexOf(marker)) > 0;

/** It asks to be told of focus when it reads its keys. */
const takesKeys = (text: string): boolean => text.includes('\u001b[?1004h');

/** From the start to the first whole frame on a terminal, when nothing at all answers. */
export const firstFrameBench: Bench = {
  name: 'first-frame',
  measure: async (staged) => {
    const silent = await startBehaving(neverAnswer);
    const folder = await makeNetworkFolder(await deadNetwork(silent.port));
    try {
      return await measureOn(folder, staged);
    } finally {
      await silent.stop();
      await folder.remove();
    }
  },
};

async function measureOn(folder: NetworkFolder, staged: Staged): Promise<readonly Figure[]> {
  const argv = ['--root', folder.root, '--timeout', '1s'] as const;
  const known = `${folder.state}-known`;
  await timedRun([staged.launcher, '--headless', ...argv], { JOELCLAW_STATE: known });
  let fresh = 0;
  const open = (state: string): Promise<number> =>
    firstFrame([staged.launcher, '--root', folder.root], state);
  // As after any evening: a cockpit was there and has ended.
  await open(known);
  const taken = await interleave(
    {
      fresh: () => open(`${folder.state}-${fresh++}`),
      known: () => open(known),
      takesKeys: () => firstFrame([staged.launcher, '--root', folder.root], known, takesKeys),
      node: () => nodeOnPty(staged),
    },
    runs,
  );
  const node: Amount = { value: median(taken.node), unit: 'ms' };
  const figure = (name: string, times: readonly number[], limitMs?: number): Figure => {
    const ours: Amount = { value: median(times), unit: 'ms' };
    const versus = { name: 'node -e 0 on a pty', amount: node };
    const notes = [`from ${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)} ms`];
    const goal = limitMs === undefined ? null : atMost(ours, limitMs);
    return { name, ours, n: times.length, versus, goal, notes };
  };
  return [
    figure('first frame, nothing known', taken.fresh),
    figure('first frame, last known state', taken.known, goalMs),
    figure('until keys act upon it', taken.takesKeys),
  ];
}

async function firstFrame(
  argv: readonly [string, ...string[]],
  state: string,
  holds = isWhole,
): Promise<number> {
  const run = startOnPty(argv, { JOELCLAW_STATE: state });
  try {
    return await run.untilText(holds);
  } finally {
    await run.end();
  }
}

async function nodeOnPty({ node }: Staged): Promise<number> {
  const startMs = performance.now();
  await startOnPty([node, '-e', '0']).ended;
  return performance.now() - startMs;
}

/** Twelve services that refuse or are silent for ever, and a host that does not answer either. */
async function deadNetwork(silentPort: number): Promise<string> {
  const names = [...Array.from({ length: 11 }, (_, index) => `dead-${index + 1}`), marker];
  const services = await Promise.all(
    names.map(async (name, index) => {
      const port = index % 2 === 0 ? await freePort() : silentPort;
      return `  - {name: ${name}, host: here, checks: [{kind: http, url: "http://127.0.0.1:${port}/"}]}`;
    }),
  );
  return `version: 1
name: dead
defaults: {interval: 30s, timeout: 10s}
hosts:
  - {name: here, access: local, hostname: ${hostname()}}
  - {name: far, access: ssh, ssh: {host: 127.0.0.1, port: ${silentPort}, user: joel}}
services:
${services.join('\n')}
`;
}
