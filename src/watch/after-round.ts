import type { Network } from '../model/check.ts';
import type { Sampled } from '../model/fold-round.ts';
import type { NetworkState } from '../model/health.ts';
import { checkOfKey, partKey } from '../model/part-key.ts';
import { classOf, type State } from '../model/state.ts';

/** The checks that hang on something which this round has found well again: they are asked at once. */
export function childrenOfRecovered(
  network: Network,
  before: NetworkState,
  round: readonly Sampled[],
): readonly string[] {
  const recovered = new Set(
    seenIn(round).flatMap(([key, state]) => {
      const known = before.health[key];
      const isBack = known && classOf(state) === 'good' && classOf(known.state) !== 'good';
      return isBack ? [key] : [];
    }),
  );
  if (recovered.size === 0) return [];
  return network.checks
    .filter(({ parents }) => parents.some(({ check }) => recovered.has(check)))
    .map(({ id }) => id);
}

/** What may explain that a check which was well has failed in this round: it is asked at once too. */
export function parentsOfFailed(
  network: Network,
  before: NetworkState,
  round: readonly Sampled[],
): readonly string[] {
  const asked = new Set(round.map(({ result }) => result.check));
  const failed = new Set(
    round
      .filter(({ result: { check, verdict } }) => {
        const known = before.health[check];
        return known && classOf(known.state) === 'good' && classOf(verdict.state) !== 'good';
      })
      .map(({ result }) => result.check),
  );
  if (failed.size === 0) return [];
  return network.checks
    .filter(({ id }) => failed.has(id))
    .flatMap(({ parents }) => parents.map(({ check }) => checkOfKey(check)))
    .filter((id) => !asked.has(id));
}

/** Checks and their parts, with the state that each was seen in. */
function seenIn(round: readonly Sampled[]): readonly (readonly [string, State])[] {
  return round.flatMap(({ result: { check, verdict, parts } }) => [
    [check, verdict.state] as const,
    ...parts.map((part) => [partKey(check, part.id), part.verdict.state] as const),
  ]);
}
