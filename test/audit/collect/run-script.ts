import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAnswerReader } from '../../../src/audit/collect/answer-reader.ts';
import type { Collected } from '../../../src/audit/collect/answers.ts';
import { auditScript } from '../../../src/audit/collect/script.ts';
import { hasProgram, pathOf } from '../../support/tiers.ts';

/** Every shell of this machine that a host may have as its `sh`. */
export const shells: readonly string[] = ['dash', 'bash', 'busybox'].filter(hasProgram);

const basics =
  'sh cat grep sed head tail tr ls sort readlink date id uname nice renice timeout stat df sleep'.split(
    ' ',
  );

export interface ScriptRun {
  readonly shell: string;
  /** Programs of the host by their names, each a text of sh. */
  readonly tools?: Readonly<Record<string, string>>;
  /** Seconds for all of it. */
  readonly seconds?: number;
  /** Seconds for each probe; the script's own unless told. */
  readonly most?: number;
  readonly pages?: readonly string[];
  /** Words of the script that are other ones here. */
  readonly instead?: readonly (readonly [string, string])[];
}

export interface ScriptEnd extends Collected {
  readonly ms: number;
  readonly stderr: string;
  readonly code: number | null;
}

/** Runs the real script on this machine by a shell, with no programs but its basics and the given ones. */
export async function runScript(run: ScriptRun): Promise<ScriptEnd> {
  const folder = mkdtempSync(join(tmpdir(), 'joelclaw-audit-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const isBusybox = run.shell === 'busybox';
  for (const name of basics) {
    const own = name === 'sh' ? run.shell : name;
    const target = pathOf(isBusybox ? 'busybox' : own);
    if (target !== null && run.tools?.[name] === undefined) symlinkSync(target, join(bin, name));
  }
  for (const [name, text] of Object.entries(run.tools ?? {})) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  try {
    return await ended(run, bin);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ended(
  { shell, seconds = 100, most = 20, pages = [], instead = [] }: ScriptRun,
  bin: string,
) {
  const changes = [
    ['PATH=/usr/sbin:/usr/bin:/sbin:/bin', `PATH=${bin}`],
    ['most=5', `most=${most}`],
    ...instead,
  ] as const;
  const script = changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the script has no ${from}`);
    return text.replace(from, to);
  }, auditScript);
  const argv = [...(shell === 'busybox' ? ['sh'] : []), '-s', '--', String(seconds), ...pages];
  const startMs = performance.now();
  const child = spawn(pathOf(shell) ?? shell, argv, { stdio: ['pipe', 'pipe', 'pipe'] });
  const reader = createAnswerReader(() => undefined);
  const decoder = new TextDecoder();
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => reader.hear(decoder.decode(chunk, { stream: true })));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdin.end(script);
  return new Promise<ScriptEnd>((resolve) => {
    child.once('close', (code) =>
      resolve({ ...reader.end(), ms: performance.now() - startMs, stderr, code }),
    );
  });
}
