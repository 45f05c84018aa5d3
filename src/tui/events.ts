import { functionsKind } from '../model/explain-functions.ts';
import type { Transition } from '../model/health.ts';
import { checkOfKey, isPartKey } from '../model/part-key.ts';
import { parseFilter } from './filter.ts';
import type { Known } from './known.ts';
import type { Target } from './palette.ts';
import { tabs } from './ui-state.ts';
import { subjectsOf } from './views/index.ts';
import { isNews } from './views/transition-lines.ts';

/** Every confirmed change that is news, the newest first; of those the ones that a filter leaves. */
export function eventsOf({ state, network }: Known, filter: string): readonly Transition[] {
  const news = state.transitions.filter(isNews).toReversed();
  if (filter === '') return news;
  const matches = parseFilter(filter);
  const checks = new Map(network.checks.map((one) => [one.id, one]));
  return news.filter(({ check: id, from, to, note }) => {
    const { host = '', kind = '' } = checks.get(checkOfKey(id)) ?? {};
    const state = to === 'gone' ? 'n/a' : to;
    return matches({ id, name: id, host, kind, state, word: to, note: `${from} ${note}` });
  });
}

/** Why none is listed. */
export function noEventWords(filter: string): string {
  return filter === ''
    ? 'no change has been confirmed yet'
    : `nothing matches /${filter}; esc clears it`;
}

/** What an event is known by: others come above it. */
export function eventKey({ at, check, to }: Transition): string {
  return `${at} ${check} ${to}`;
}

/**
 * Where the cursor stands: on the newest until a key is pressed, then on its event. One that is kept
 * no more was the oldest. -1 when there is none.
 */
export function eventCursor(events: readonly Transition[], selected: string | null): number {
  if (selected === null) return events.length === 0 ? -1 : 0;
  const found = events.findIndex((event) => eventKey(event) === selected);
  return found >= 0 ? found : events.length - 1;
}

/** The row that an event is of; null when no tab lists it any more. */
export function targetOf(known: Known, { check: key }: Transition): Target | null {
  const check = checkOfKey(key);
  const bound = known.network.checks.find(({ id }) => id === check);
  const part = isPartKey(key) ? key.slice(check.length + 1) : null;
  const functions = bound?.kind === functionsKind ? functionOf(known, bound.name) : null;
  const candidates = [part, key, functions, bound?.service, bound?.host].filter(
    (id) => typeof id === 'string',
  );
  for (const id of candidates) {
    const tab = tabs.find((one) => subjectsOf(one, known).some((subject) => subject.id === id));
    if (tab) return { id, tab };
  }
  return null;
}

/** What happens to an Inngest server is seen among its functions. */
function functionOf(known: Known, server: string): string | null {
  return subjectsOf('functions', known).find(({ host }) => host === server)?.id ?? null;
}

const made = new WeakMap<Known, readonly Target[]>();

/** Every row of every tab, made once for each commit however many keys are pressed. */
export function targetsOf(known: Known): readonly Target[] {
  const targets = made.get(known) ?? allTargets(known);
  made.set(known, targets);
  return targets;
}

function allTargets(known: Known): readonly Target[] {
  const seen = new Set<string>();
  return tabs.flatMap((tab) =>
    subjectsOf(tab, known).flatMap(({ id }) => {
      if (seen.has(id)) return [];
      seen.add(id);
      return [{ id, tab }];
    }),
  );
}
