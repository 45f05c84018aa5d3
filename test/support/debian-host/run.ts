import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** Runs a program to its end; rejects with what it said when that is not a good one. */
export async function run(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await runFile(program, args, { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}
