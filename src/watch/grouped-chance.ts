import type { Clock } from '../transports/contract.ts';

/** So long the same number is drawn for a group: as long as a round of it may take. */
const sameForMs = 1000;

/**
 * Chance that is the same for all of a group that draw at about the same moment: checks that were
 * asked together, by one program, are due together again.
 */
export function createGroupedChance(
  clock: Pick<Clock, 'monotonicMs' | 'random'>,
): (group: string) => number {
  const drawn = new Map<string, { readonly atMs: number; readonly value: number }>();
  return (group) => {
    const nowMs = clock.monotonicMs();
    const last = drawn.get(group);
    if (last && nowMs - last.atMs < sameForMs) return last.value;
    const value = clock.random();
    drawn.set(group, { atMs: nowMs, value });
    return value;
  };
}
