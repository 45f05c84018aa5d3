import type { Report } from '../model/report.ts';
import type { State } from '../model/state.ts';

/** One line of `--watch`: what a host or service is now, and what it was. */
export interface Change {
  readonly type: 'change';
  readonly at: string | null;
  readonly id: string;
  readonly from: State;
  readonly to: State;
  readonly note: string;
}

/** The hosts and services whose state or reason differs between two reports, in inventory order. */
export function changesBetween(before: Report, after: Report): readonly Change[] {
  const known = new Map(subjects(before).map((subject) => [subject.id, subject]));
  return subjects(after).flatMap(({ id, state, note }) => {
    const was = known.get(id);
    if (!was || (was.state === state && was.note === note)) return [];
    return [{ type: 'change' as const, at: after.at, id, from: was.state, to: state, note }];
  });
}

function subjects({
  nodes,
  services,
}: Report): readonly { id: string; state: State; note: string }[] {
  return [...nodes.map(({ name, state, note }) => ({ id: name, state, note })), ...services];
}
