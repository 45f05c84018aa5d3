import type { ActionView } from './action-view.ts';
import type { AuditView } from './audit-view.ts';
import { digestOf } from './digest.ts';
import { eventsOf } from './events.ts';
import type { Known } from './known.ts';
import type { Size } from './layout.ts';
import { listedOf, settle } from './listed.ts';
import type { LogsView } from './logs-view.ts';
import { type Meta, timeFrameOf } from './shown.ts';
import type { UiState } from './ui-state.ts';
import { toldWordsMs } from './words-in-time.ts';

/** All that a frame comes of, but for what never changes. */
export interface Mind {
  readonly ui: UiState;
  readonly known: Known;
  readonly size: Size;
  readonly focused: boolean;
  /** What the last frame was made of. */
  readonly drawn: Known;
  readonly action: ActionView | null;
  readonly logs: LogsView | null;
  readonly audit: AuditView | null;
  /** Keys before this are of before the question: they are ignored. */
  readonly deafUntilMs: number;
  /** Until then it has just been started. */
  readonly startedUntilMs: number;
  /** How long the footer's words stand. */
  readonly wordsUntilMs: number;
}

export const noAction = {
  ...{ action: null, logs: null, audit: null },
  deafUntilMs: 0,
  wordsUntilMs: 0,
} as const;

/** What was last known on disk is not seen by looking at it. */
export function seenUntil({ focused, known, ui }: Mind): string | null {
  if (!focused || known.restoredFrom !== null) return ui.lookedAt;
  return new Date(known.atMs).toISOString();
}

/** Somebody looks again: what has changed meanwhile is told. */
export function withDigest(mind: Mind, meta: Meta, nowMs: number): Mind {
  const times = timeFrameOf({ ...mind, meta });
  const message = digestOf(mind.known, mind.ui.lookedAt, times);
  if (message === null) return mind;
  return { ...mind, ui: { ...mind.ui, message }, wordsUntilMs: nowMs + toldWordsMs };
}

/** In it the first samples bring to light what has changed while no cockpit ran. */
export const startingMs = 60_000;

/** The network is now so. Who has just started it is told of changes as of what came before. */
export function withKnown(mind: Mind, known: Known, meta: Meta, nowMs: number): Mind {
  const next = { ...mind, known };
  const isOver = mind.action !== null || mind.logs !== null || mind.ui.audit !== null;
  if (nowMs >= mind.startedUntilMs || isOver) return next;
  const [before, now] = [mind.known, known].map((one) => eventsOf(one, '')[0]?.at);
  return now === before ? next : withDigest(next, meta, nowMs);
}

/** With a scroll where the cursor can be seen. */
export function settled(mind: Mind): Mind {
  return { ...mind, ui: settle(mind.ui, listedOf(mind.ui, mind.known, mind.size)) };
}
