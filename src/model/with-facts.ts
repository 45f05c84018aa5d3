import type { NetworkState } from './health.ts';
import type { JsonObject } from './json.ts';

/**
 * A state in which somebody has decided what the next samples of some checks go on from: the one
 * thing in a health that is not folded. A check that was never measured has nothing to go on from.
 */
export function withFacts(
  state: NetworkState,
  byCheck: Readonly<Record<string, JsonObject>>,
): NetworkState {
  const changed = Object.entries(byCheck).flatMap(([id, facts]) => {
    const known = state.health[id];
    const measured = known?.measured && { ...known.measured, facts };
    return known && measured ? [[id, { ...known, facts, measured }] as const] : [];
  });
  return { ...state, health: { ...state.health, ...Object.fromEntries(changed) } };
}
