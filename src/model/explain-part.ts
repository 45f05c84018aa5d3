import type { CheckReport } from './report.ts';
import { classOf, type State } from './state.ts';

interface Explained {
  readonly state: State;
  readonly note: string;
  readonly because: string | null;
}

/** What is too old, or explained by a parent, holds for what the check has found too. */
export function explainPart(
  { id, state, note, fault, because }: CheckReport,
  own: { readonly state: State; readonly note: string },
): Explained {
  const isStale = fault?.code === 'stale';
  const explains = because !== null && classOf(own.state) !== 'good';
  if (isStale || explains) return { state, note, because };
  return { state: own.state, note: own.note, because: own.state === 'suppressed' ? id : null };
}
