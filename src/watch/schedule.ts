import type { BoundCheck } from '../kinds/contract.ts';
import type { Health } from '../model/health.ts';
import type { State } from '../model/state.ts';
import { jittered, nextBackOff } from './back-off.ts';

interface Entry {
  readonly bound: BoundCheck;
  dueMs: number;
  backOff: number;
  running: boolean;
  /** It was hastened while it ran: the answer on its way is not new enough. */
  again: boolean;
  /** So it was because a parent has come back: trouble on its way is the parent's. */
  outdated: boolean;
  /** Somebody or something waits for its next answer. */
  wanted: boolean;
}

interface Answer {
  readonly state: State;
  /** What was known before this answer. */
  readonly known: Health | undefined;
  readonly nowMs: number;
  readonly random: number;
}

/** When each check is due, on the monotonic clock. A check that runs is never due. */
export interface Schedule {
  /** Takes what is due now and what is cheaper together with it, and marks all of it as running. */
  take(nowMs: number): readonly BoundCheck[];
  /** How long until something is due; null when all that is known runs. */
  untilNextMs(nowMs: number): number | null;
  /** When a check is due, unless it runs. */
  dueMs(id: string): number;
  /** Whether its next answer is waited for: the first one, and whatever was asked for out of turn. */
  isWanted(id: string): boolean;
  /** Whether a check that runs was begun before its parent came back. */
  isOutdated(id: string): boolean;
  /** Says that a check has answered; returns the wait that is announced with its result. */
  answered(id: string, answer: Answer): number;
  /** Makes checks due now and takes back their back-off; `recovered`: as a parent has come back. */
  hasten(ids: Iterable<string>, nowMs: number, recovered?: boolean): void;
  /** Makes due now what is asked seldom, as it is dead. */
  resetBackOffs(nowMs: number): void;
  /** Makes checks due now, but for those that run already; what slowed them down stays. */
  askNow(ids: Iterable<string>, nowMs: number): void;
  runningCount(): number;
}

const unsettledMs = 30_000;

const notAgain = { again: false, outdated: false };

/** A schedule on which every check is due at once. */
export function createSchedule(checks: readonly BoundCheck[], nowMs: number): Schedule {
  const entries = new Map<string, Entry>(
    checks.map((bound) => [
      bound.id,
      { bound, dueMs: nowMs, backOff: 1, running: false, ...notAgain, wanted: true },
    ]),
  );
  let running = 0;
  return {
    take(now) {
      const waiting = [...entries.values()].filter((entry) => !entry.running);
      const isDue = ({ dueMs }: Entry): boolean => dueMs <= now;
      const groups = new Set(waiting.filter(isDue).map(groupOf));
      if (groups.size === 0) return [];
      const goesAlong = (entry: Entry): boolean =>
        entry.dueMs - now <= entry.bound.intervalMs / 2 && groups.has(groupOf(entry));
      const due = waiting.filter((entry) => isDue(entry) || goesAlong(entry));
      for (const entry of due) entry.running = true;
      running += due.length;
      return due.map(({ bound }) => bound);
    },
    untilNextMs(now) {
      let next: number | null = null;
      for (const { running: busy, dueMs } of entries.values()) {
        if (!busy && (next === null || dueMs < next)) next = dueMs;
      }
      return next === null ? null : Math.max(0, next - now);
    },
    answered(id, { state, known, nowMs: now, random }) {
      const entry = entries.get(id);
      if (!entry) return 0;
      entry.running = false;
      running--;
      entry.backOff = entry.again ? 1 : nextBackOff(entry.backOff, known, state);
      const waitMs = waitOf(entry, known?.confirmed.state === state);
      entry.dueMs = entry.again ? now : now + jittered(waitMs, random);
      Object.assign(entry, { ...notAgain, wanted: entry.again });
      return waitMs;
    },
    dueMs: (id) => entries.get(id)?.dueMs ?? Number.POSITIVE_INFINITY,
    isWanted: (id) => entries.get(id)?.wanted ?? false,
    isOutdated: (id) => entries.get(id)?.outdated ?? false,
    hasten(ids, now, recovered = false) {
      for (const id of ids) {
        const entry = entries.get(id);
        if (!entry) continue;
        const { running: again } = entry;
        const outdated = entry.outdated || (recovered && again);
        Object.assign(entry, { dueMs: now, backOff: 1, again, outdated, wanted: true });
      }
    },
    resetBackOffs(now) {
      for (const entry of entries.values()) {
        if (entry.backOff > 1 && !entry.running) {
          Object.assign(entry, { dueMs: now, backOff: 1, wanted: true });
        }
      }
    },
    askNow(ids, now) {
      for (const id of ids) {
        const entry = entries.get(id);
        if (!entry) continue;
        entry.wanted = true;
        if (!entry.running) entry.dueMs = now;
      }
    },
    runningCount: () => running,
  };
}

/** A change that is not firm yet is asked for again soon, also where an hour is the pace. */
function waitOf({ bound, backOff }: Entry, isFirm: boolean): number {
  const waitMs = bound.intervalMs * backOff;
  return isFirm ? waitMs : Math.min(waitMs, unsettledMs);
}

/**
 * Those of one group are asked at one moment, though chance spreads them: whoever would be due within
 * half an interval goes along, so that also what has fallen out of step is back in it at once.
 */
function groupOf({ bound: { id, together, intervalMs } }: Entry): string {
  return together === null ? `check ${id}` : `${together} every ${intervalMs}`;
}
