import type { Transition } from '../model/health.ts';
import { checkOfKey, isPartKey } from '../model/part-key.ts';
import type { Known } from './known.ts';
import type { Target } from './palette.ts';
import { tabs } from './ui-state.ts';
import { subjectsOf } from './views/index.ts';
import { isNews } from './views/transition-lines.ts';

/** Every confirmed change that is news, the newest first; of those the ones that hold the text. */
export function eventsOf({ state }: Known, text: string): readonly Transition[] {
  const wanted = text.toLowerCase();
  return state.transitions
    .filter(isNews)
    .filter(({ check, from, to, note }) =>
      `${check} ${from} ${to} ${note}`.toLowerCase().includes(wanted),
    )
    .toReversed();
}

/** The row that an event is of; null when no tab lists it any more. */
export function targetOf(known: Known, { check: key }: Transition): Target | null {
  const check = checkOfKey(key);
  const bound = known.network.checks.find(({ id }) => id === check);
  const part = isPartKey(key) ? key.slice(check.length + 1) : null;
  const candidates = [part, key, bound?.service, bound?.host].filter(
    (id) => typeof id === 'string',
  );
  for (const id of candidates) {
    const tab = tabs.find((one) => subjectsOf(one, known).some((subject) => subject.id === id));
    if (tab) return { id, tab };
  }
  return null;
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
