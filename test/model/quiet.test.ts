import { describe, expect, it } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import { foldRound } from '../../src/model/fold-round.ts';
import { emptyNetworkState, type NetworkState } from '../../src/model/health.ts';
import { isQuiet } from '../../src/model/quiet.ts';
import type { Result } from '../../src/model/result.ts';
import { at, resultOf, sampled } from './made.ts';

const check = 'a/db/tcp';

function part(id: string, state: 'up' | 'down' = 'up'): Result['parts'][number] {
  const verdict = { state, note: state };
  return { id, kind: 'function', name: id, verdict, facts: {} };
}

function stateAfter(...results: readonly Result[]): NetworkState {
  return results.reduce((state, one) => foldRound(state, [sampled(one)]), emptyNetworkState);
}

function result(seconds: number, more: Partial<Result> = {}): Result {
  return resultOf('up', { check, at: at(seconds), parts: [part('f')], ...more });
}

/** Up for sure. */
const well = stateAfter(result(0), result(1));
const refused = faultOf('refused', 'refused');
const down = { verdict: { state: 'down', note: 'refused' }, fault: refused, parts: [] } as const;

describe('a result that brings nothing but figures', () => {
  it.each([
    ['another latency', { latencyMs: 900 }],
    ['other facts', { facts: { documents: 701 } }],
    ['other facts of a part', { parts: [{ ...part('f'), facts: { runs: 3 } }] }],
  ])('is quiet with %s', (_, more) => {
    expect(isQuiet(well, sampled(result(2, more)))).toBe(true);
  });

  it('is quiet where something is down for sure, for the same reason', () => {
    const known = stateAfter(...[0, 1, 2].map((seconds) => result(seconds, down)));
    expect(isQuiet(known, sampled(result(3, down)))).toBe(true);
    const fault = faultOf('timeout', 'no answer within 5 s');
    expect(isQuiet(known, sampled(result(3, { ...down, fault })))).toBe(false);
  });
});

describe('a result that changes more', () => {
  it.each([
    ['another state', down],
    ['another reason', { verdict: { state: 'up', note: '201' } as const }],
    ['a part that is in trouble', { parts: [part('f', 'down')] }],
    ['a part that was not there', { parts: [part('f'), part('g')] }],
    ['a part that is gone', { parts: [] }],
    ['a part in place of another', { parts: [part('g')] }],
  ])('is not quiet with %s', (_, more) => {
    expect(isQuiet(well, sampled(result(2, more)))).toBe(false);
  });

  it('is not quiet where nothing is known', () => {
    expect(isQuiet(emptyNetworkState, sampled(result(0)))).toBe(false);
  });

  it('is not quiet while a streak goes on, nor where one ends', () => {
    const twice = foldRound(well, [sampled(result(2, down))]);
    expect(isQuiet(twice, sampled(result(3, down)))).toBe(false);
    expect(isQuiet(twice, sampled(result(3)))).toBe(false);
  });

  it('is not quiet where it comes and goes: that may end with it', () => {
    const words = Array.from({ length: 9 }, (_, index) => result(index, index % 2 ? down : {}));
    const flapping = stateAfter(...words, result(10), result(11));
    expect(flapping.health[check]?.flapping).toBe(true);
    expect(isQuiet(flapping, sampled(result(12)))).toBe(false);
  });
});
