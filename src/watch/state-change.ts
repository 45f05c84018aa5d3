import {
  type Health,
  keptTransitions,
  type NetworkState,
  type Transition,
} from '../model/health.ts';

/** What of a network's state is not as it was. Plain JSON. */
export interface StateChange {
  readonly at: string | null;
  /** By check and part; null is one that is no longer there. */
  readonly health: Readonly<Record<string, Health | null>>;
  /** What was recorded since, oldest first. */
  readonly transitions: readonly Transition[];
}

/**
 * The change from one state of a store to a later one. What was not folded anew is the same object
 * in both, so that a quiet network costs one look at each key.
 */
export function stateChange(before: NetworkState, after: NetworkState): StateChange {
  const changed = Object.entries(after.health).filter(([id, one]) => before.health[id] !== one);
  const gone = Object.keys(before.health).filter((id) => !Object.hasOwn(after.health, id));
  return {
    at: after.at,
    health: Object.fromEntries([...changed, ...gone.map((id) => [id, null] as const)]),
    transitions: newTransitions(before, after),
  };
}

/** Whether it says anything at all. */
export function isNoChange({ health, transitions }: StateChange): boolean {
  return transitions.length === 0 && Object.keys(health).length === 0;
}

/** A state with a change of it: `withChange(a, stateChange(a, b))` equals `b`. */
export function withChange(state: NetworkState, change: StateChange): NetworkState {
  const { at, transitions } = change;
  const health = new Map(Object.entries(state.health));
  for (const [id, one] of Object.entries(change.health)) {
    if (one === null) health.delete(id);
    else health.set(id, one);
  }
  const sorted = [...health.keys()].sort();
  return {
    at,
    health: Object.fromEntries(sorted.map((id) => [id, health.get(id) as Health])),
    transitions: [...state.transitions, ...transitions].slice(-keptTransitions),
  };
}

/** All of them when none that was known is left. */
function newTransitions(before: NetworkState, after: NetworkState): readonly Transition[] {
  const last = before.transitions.at(-1);
  const known = last === undefined ? -1 : after.transitions.lastIndexOf(last);
  return after.transitions.slice(known + 1);
}
