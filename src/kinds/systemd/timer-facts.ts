import type { TriggeredFacts, UnitFacts } from './facts.ts';
import { badExitOf, lastExitOf } from './last-exit.ts';
import { isWhole, type Properties } from './read-show.ts';
import { isoText, readSpan, readTimestamp } from './read-time.ts';
import { typeOfUnit } from './unit-name.ts';

/** A timer that still waits this long after its time was due is overdue; clocks may differ by some. */
const overdueMs = 10 * 60_000;

/** What a timer waits for; what has come of it is asked of its unit. */
export function timerFacts(
  properties: Properties,
  nowMs: number,
): Omit<NonNullable<UnitFacts['timer']>, 'triggered'> {
  const realtimeMs = readTimestamp(properties.get('NextElapseUSecRealtime'));
  const monotonicMs = readSpan(properties.get('NextElapseUSecMonotonic'));
  const bootMs = bootOf(properties);
  const sinceBootMs = monotonicMs === null || monotonicMs === 0 ? null : monotonicMs;
  const byBootMs = bootMs === null || sinceBootMs === null ? null : bootMs + sinceBootMs;
  const nextMs = realtimeMs ?? byBootMs;
  return {
    nextAt: isoText(nextMs),
    lastAt: isoText(readTimestamp(properties.get('LastTriggerUSec'))),
    elapses: realtimeMs !== null || sinceBootMs !== null,
    // A clock that counts from boot stands still while the machine sleeps: it proves nothing.
    overdue: realtimeMs !== null && nowMs - realtimeMs > overdueMs,
    triggers: properties.get('Unit') || null,
  };
}

/** How the unit that a timer starts is; null when that is not told whole. */
export function triggeredFacts(properties: Properties): TriggeredFacts | null {
  if (!isWhole(properties, typeOfUnit(properties.get('Id') ?? ''))) return null;
  return {
    loadState: properties.get('LoadState') ?? '',
    activeState: properties.get('ActiveState') ?? '',
    lastExit: lastExitOf(properties),
    badExit: badExitOf(properties),
  };
}

/** When its clock that counts from boot stood at nothing. */
function bootOf(properties: Properties): number | null {
  const atMs = readTimestamp(properties.get('StateChangeTimestamp'));
  const micros = Number(properties.get('StateChangeTimestampMonotonic'));
  return atMs === null || !(micros > 0) ? null : atMs - micros / 1000;
}
