import type { ApplyEvent } from '../../model/apply-log.ts';
import type { CallOptions } from '../../transports/contract.ts';
import type { ActGround } from '../acting/prepared.ts';
import type { AppliedStep } from './applied-step.ts';
import type { ApplyStore } from './apply-store.ts';
import type { RecordKeeper } from './keep-record.ts';

/** Without `type` and `at`, which the journal puts there. */
type Told<Event> = Event extends { readonly at: string } ? Omit<Event, 'at'> : never;

/** What one apply works with. */
export interface ApplyGround {
  /** Nothing ends it: what has begun is finished, or put back. */
  readonly act: ActGround;
  /** Aborted by ctrl-c: what has not begun is not begun then. */
  readonly signal: AbortSignal;
  readonly store: ApplyStore;
  readonly record: RecordKeeper;
  /** Of this apply. */
  readonly id: string;
  readonly undoes: string | null;
  readonly noRestart: boolean;
  /** The service that runs this joelclaw; null where none is known to. */
  readonly own: string | null;
  /** A line of progress. */
  tell(line: string): void;
  /** Told as each service's turn comes, and what has come of those before. */
  onGroup?(turn: Turn): void;
}

/** How far an apply is: what was done, whose turn it is and who waits, each by the ids of its items. */
export interface Turn {
  readonly done: readonly AppliedStep[];
  readonly now: readonly string[];
  readonly waiting: readonly (readonly string[])[];
}

/** A step that has begun is finished, whatever ends the program. */
export const finishing: CallOptions = { timeoutMs: 30_000, signal: new AbortController().signal };

/** Keeps a line in the journal, on disk before anything goes on. */
export function journal({ store, id, act }: ApplyGround, event: Told<ApplyEvent>): Promise<void> {
  const at = nowOf({ act });
  return store.append(id, { ...event, at } as ApplyEvent);
}

/** RFC 3339 UTC */
export function nowOf({ act }: Pick<ApplyGround, 'act'>): string {
  return new Date(act.open.transports.clock.now()).toISOString();
}
