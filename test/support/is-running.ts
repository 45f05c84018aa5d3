import { readFileSync } from 'node:fs';

/** Whether a process of this Linux machine still runs: one that ended and waits to be reaped does not. */
export function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
