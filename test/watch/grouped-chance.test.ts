import { expect, it } from 'vitest';
import { createGroupedChance } from '../../src/watch/grouped-chance.ts';

it('a group draws one number for a round, and another for the next', () => {
  let nowMs = 0;
  let drawn = 0;
  const chance = createGroupedChance({ monotonicMs: () => nowMs, random: () => ++drawn / 10 });
  expect([chance('a'), chance('a'), chance('b')]).toEqual([0.1, 0.1, 0.2]);
  nowMs = 900;
  expect(chance('a')).toBe(0.1);
  nowMs = 1100;
  expect([chance('a'), chance('a')]).toEqual([0.3, 0.3]);
});
