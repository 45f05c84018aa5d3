/** Every state, worst first. `unknown` is never down and never up: it says that nobody could look. */
export const statesWorstFirst = [
  'down',
  'degraded',
  'unknown',
  'suppressed',
  'up',
  'idle',
  'n/a',
] as const;

/** One of them. */
export type State = (typeof statesWorstFirst)[number];

/** What a streak counts: three ways in which a result can point. */
export type StateClass = 'good' | 'bad' | 'unmeasured';

const severity: Readonly<Record<State, number>> = Object.fromEntries(
  statesWorstFirst.map((state, index) => [state, index]),
) as Record<State, number>;

/** 0 is the worst. */
export function severityOf(state: State): number {
  return severity[state];
}

/** The worst of some states; `n/a` of none. */
export function worstState(states: Iterable<State>): State {
  let worst: State = 'n/a';
  for (const state of states) if (severity[state] < severity[worst]) worst = state;
  return worst;
}

/** `suppressed` counts as unmeasured: its own result cannot be trusted while the parent is down. */
export function classOf(state: State): StateClass {
  if (state === 'down' || state === 'degraded') return 'bad';
  return state === 'unknown' || state === 'suppressed' ? 'unmeasured' : 'good';
}
