import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import { foldRound, type Sampled } from '../../src/model/fold-round.ts';
import { emptyNetworkState, keptTransitions, type NetworkState } from '../../src/model/health.ts';
import { partKey } from '../../src/model/part-key.ts';
import type { Result } from '../../src/model/result.ts';
import { anyResult, at, failureOf, partOf, policy, resultOf, sampled } from './made.ts';

const firm = { ...policy, failureThreshold: 1, successThreshold: 1 };

/** Folds one result after another, each a round of its own. */
function rounds(...results: readonly Result[]): NetworkState {
  return results.reduce(
    (state, result) => foldRound(state, [sampled(result, firm)]),
    emptyNetworkState,
  );
}

const whole = (seconds: number, ...parts: readonly string[]): Result =>
  resultOf('up', { at: at(seconds), parts: parts.map((id) => partOf(id)) });

const failed = (seconds: number): Result =>
  failureOf(faultOf('refused', 'connection refused'), { at: at(seconds) });

describe('a round', () => {
  it('in any order gives the same bytes', () => {
    const shuffled = fc
      .array(
        anyResult.map((result) => sampled(result)),
        { maxLength: 12 },
      )
      .chain((round) =>
        fc.tuple(
          fc.constant(round),
          fc.shuffledSubarray(round, { minLength: round.length, maxLength: round.length }),
        ),
      );
    fc.assert(
      fc.property(fc.array(shuffled, { minLength: 1, maxLength: 4 }), (history) => {
        const told = (pick: 0 | 1): string =>
          JSON.stringify(
            history.reduce((state, pair) => foldRound(state, pair[pick]), emptyNetworkState),
          );
        expect(told(1)).toBe(told(0));
      }),
    );
  });

  it('leaves what it is given as it was', () => {
    fc.assert(
      fc.property(fc.array(anyResult, { maxLength: 8 }), anyResult, (results, last) => {
        const before = foldRound(
          emptyNetworkState,
          results.map((result) => sampled(result)),
        );
        const round: readonly Sampled[] = [sampled(last)];
        const bytes = JSON.stringify([before, round]);
        foldRound(before, round);
        expect(JSON.stringify([before, round])).toBe(bytes);
      }),
    );
  });

  it('of nothing changes nothing', () => {
    const before = rounds(whole(0, 'f'));
    expect(foldRound(before, [])).toBe(before);
  });

  it('is dated by its newest result, and never goes back', () => {
    const first = rounds(whole(30));
    expect(first.at).toBe(at(30));
    expect(foldRound(first, [sampled(whole(20))]).at).toBe(at(30));
  });

  it('keeps the health of what it does not name, sorted by id', () => {
    const one = foldRound(emptyNetworkState, [sampled(resultOf('up', { check: 'b/host' }))]);
    const two = foldRound(one, [sampled(resultOf('down', { check: 'a/host' }))]);
    expect(Object.keys(two.health)).toEqual(['a/host', 'b/host']);
    expect(two.health['b/host']).toBe(one.health['b/host']);
  });

  it('takes two results of one check by their time', () => {
    const late = sampled(resultOf('down', { at: at(20) }));
    const early = sampled(resultOf('up', { at: at(10) }));
    expect(foldRound(emptyNetworkState, [late, early]).health['a/x/http']?.state).toBe('down');
  });

  it('keeps the last 500 transitions and forgets the oldest', () => {
    const states = Array.from({ length: keptTransitions + 3 }, (_, n) =>
      resultOf(n % 2 === 0 ? 'up' : 'down', { at: at(n) }),
    );
    const { transitions } = rounds(...states);
    expect(transitions).toHaveLength(500);
    expect([transitions[0]?.at, transitions.at(-1)?.at]).toEqual([at(3), at(502)]);
  });
});

describe('a part', () => {
  const key = partKey('a/x/http', 'f');

  it('has a health of its own under check#part, by what it is called', () => {
    const { health } = rounds(whole(0, 'f'));
    expect(Object.keys(health)).toEqual(['a/x/http', 'a/x/http#f']);
    expect(health[key]).toMatchObject({ state: 'up', part: { kind: 'function', name: 'f' } });
  });

  it('folds by the same rules as its check', () => {
    const bad = resultOf('up', { at: at(10), parts: [partOf('f', 'down')] });
    const state = [whole(0, 'f'), whole(5, 'f'), bad].reduce(
      (before, result) => foldRound(before, [sampled(result)]),
      emptyNetworkState,
    );
    expect(state.health[key]?.confirmed.state).toBe('up');
    expect(state.health[key]?.streak).toEqual({ toward: 'down', n: 1, of: 3 });
    expect(state.health['a/x/http']?.state).toBe('up');
  });

  it('that a whole answer no longer names is gone, and that is a transition', () => {
    const { health, transitions } = rounds(whole(0, 'f', 'g'), whole(10, 'g'));
    expect(Object.keys(health)).toEqual(['a/x/http', 'a/x/http#g']);
    expect(transitions.at(-1)).toEqual({
      check: key,
      from: 'up',
      to: 'gone',
      at: at(10),
      note: 'part is up',
    });
  });

  it('that a failed answer could not name is unknown, with the reason and its name', () => {
    const { health } = rounds(whole(0, 'f'), failed(10));
    expect(health[key]).toMatchObject({
      state: 'unknown',
      note: 'connection refused',
      part: { name: 'f' },
    });
    expect(health['a/x/http']?.state).toBe('down');
  });

  it('comes back to what it is after the failure', () => {
    const { health } = rounds(whole(0, 'f'), failed(10), whole(20, 'f'));
    expect(health[key]).toMatchObject({ state: 'up', confirmed: { state: 'up' } });
  });

  it('of one check is not touched by a check whose id begins the same', () => {
    const other = resultOf('up', { check: 'a/x/http2', parts: [partOf('f')] });
    const { health } = rounds(other, whole(10));
    expect(Object.keys(health)).toEqual(['a/x/http', 'a/x/http2', 'a/x/http2#f']);
  });
});
