import { spawn } from 'node:child_process';
import { plainEnv } from './staged.ts';

export interface TimedRun {
  /** From the call that starts it until its output has ended and it is gone. */
  readonly ms: number;
  readonly stdout: string;
}

/** Runs a program to its end with no terminal. Rejects when it does not end well. */
export function timedRun(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Promise<TimedRun> {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const child = spawn(program, args, {
      env: plainEnv(env),
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const ms = performance.now() - startMs;
      if (code === 0) resolve({ ms, stdout });
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${stderr}`));
    });
  });
}
