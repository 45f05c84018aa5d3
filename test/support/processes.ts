import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { expect, vi } from 'vitest';

/** A process that has ended but was not yet collected by its parent (state Z) is gone too. */
export function isGone(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
    return state.trim().startsWith('Z');
  } catch {
    return true;
  }
}

/** The number that a program has written there; waits for it. */
export async function pidIn(path: string): Promise<number> {
  const text = await vi.waitFor(async () => {
    const written = await readFile(path, 'utf8');
    expect(written).toMatch(/^\d+\n$/);
    return written;
  });
  return Number(text);
}
