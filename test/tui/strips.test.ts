import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldRound } from '../../src/model/fold-round.ts';
import { emptyNetworkState, type NetworkState } from '../../src/model/health.ts';
import type { State } from '../../src/model/state.ts';
import { createStrips } from '../../src/tui/strips.ts';
import { latencyInSteps } from '../../src/tui/times.ts';
import { at, resultOf, sampled } from '../model/made.ts';

const folded = (state: NetworkState, second: number, word: State, latencyMs: number | null) =>
  foldRound(state, [sampled(resultOf(word, { at: at(second), latencyMs }))]);

describe('the strip of a check', () => {
  it('has a cell for each sample: how long it took, or that it failed or was not seen', () => {
    const strips = createStrips();
    const told = [
      ['up', 1],
      ['up', 5],
      ['up', 50],
      ['up', 900],
      ['down', null],
      ['unknown', null],
      ['idle', null],
    ] as const;
    told.reduce((state, [word, latencyMs], second) => {
      const next = folded(state, second, word, latencyMs);
      strips.add(next);
      return next;
    }, emptyNetworkState);
    expect(strips.of('a/x/http', 60)).toBe('▁▂▄▇✕·▁');
    expect(strips.of('a/x/http', 3)).toBe('✕·▁');
    expect(strips.of('another', 3)).toBe('');
  });

  it('grows by no look at the same sample, and is the same while what is measured stays in its step', () => {
    const strips = createStrips();
    let state = emptyNetworkState;
    for (let second = 0; second < 100; second++) {
      state = folded(state, second, 'up', 8 + (second % 12));
      strips.add(state);
      strips.add(state);
    }
    const full = strips.of('a/x/http', 60);
    expect(full).toBe('▃'.repeat(60));
    strips.add(folded(state, 100, 'up', 9));
    expect(strips.of('a/x/http', 60)).toBe(full);
  });

  it('is drawn alike for whatever is told alike in words, and never lower for what took longer', () => {
    const cellAt = (latencyMs: number): string => {
      const strips = createStrips();
      strips.add(folded(emptyNetworkState, 0, 'up', latencyMs));
      return strips.of('a/x/http', 1);
    };
    const ms = fc.oneof(
      fc.double({ min: 0, max: 12, noNaN: true }),
      fc.integer({ min: 0, max: 20_000 }),
    );
    fc.assert(
      fc.property(ms, ms, (one, other) => {
        if (latencyInSteps(one) === latencyInSteps(other)) expect(cellAt(one)).toBe(cellAt(other));
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(cellAt(low) <= cellAt(high)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
