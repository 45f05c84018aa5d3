import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldRound } from '../../src/model/fold-round.ts';
import { emptyNetworkState, keptTransitions, type NetworkState } from '../../src/model/health.ts';
import { isNoChange, stateChange, withChange } from '../../src/watch/state-change.ts';
import { anyResult, at, partOf, policy, resultOf, sampled } from '../model/made.ts';

const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const firm = { ...policy, failureThreshold: 1, successThreshold: 1 };

/** Every state that a store goes through. */
function statesOf(rounds: readonly (readonly ReturnType<typeof sampled>[])[]): NetworkState[] {
  let state = emptyNetworkState;
  return rounds.map((round) => {
    state = foldRound(state, round);
    return state;
  });
}

describe('the change of a state', () => {
  it('makes the later one of the earlier, byte for byte, whichever states lie between', () => {
    const round = fc.array(
      anyResult.map((result) => sampled(result, firm)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        fc.array(round, { maxLength: 8 }),
        fc.infiniteStream(fc.boolean()),
        (rounds, told) => {
          let server = emptyNetworkState;
          let client = emptyNetworkState;
          for (const state of statesOf(rounds)) {
            if (told.next().value === false) continue;
            client = withChange(client, overTheWire(stateChange(server, state)));
            server = state;
            expect(JSON.stringify(client)).toBe(JSON.stringify(state));
          }
        },
      ),
    );
  });

  it('names only what was folded anew', () => {
    const [before, after] = statesOf([
      [
        sampled(resultOf('up', { check: 'a/x/http' })),
        sampled(resultOf('up', { check: 'a/y/http' })),
      ],
      [sampled(resultOf('down', { check: 'a/y/http', at: at(1) }))],
    ]) as [NetworkState, NetworkState];
    expect(Object.keys(stateChange(before, after).health)).toEqual(['a/y/http']);
    expect(isNoChange(stateChange(after, after))).toBe(true);
  });

  it('says what is gone', () => {
    const seen = (seconds: number, ...parts: readonly string[]) => [
      sampled(resultOf('up', { at: at(seconds), parts: parts.map((id) => partOf(id)) }), firm),
    ];
    const [before, after] = statesOf([seen(0, 'one', 'two'), seen(1, 'one')]) as [
      NetworkState,
      NetworkState,
    ];
    const change = stateChange(before, after);
    expect(change.health['a/x/http#two']).toBeNull();
    expect(change.transitions).toMatchObject([{ check: 'a/x/http#two', to: 'gone' }]);
  });

  it('holds every transition that is left when more came than are kept', () => {
    const flips = Array.from({ length: keptTransitions + 50 }, (_, index) => [
      sampled(resultOf(index % 2 === 0 ? 'up' : 'down', { at: at(index) }), firm),
    ]);
    const states = statesOf(flips);
    const [early, late] = [states[10], states.at(-1)] as [NetworkState, NetworkState];
    expect(withChange(early, overTheWire(stateChange(early, late)))).toEqual(late);
  });
});
