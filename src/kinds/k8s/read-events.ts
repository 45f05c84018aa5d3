import type { JsonObject } from '../../model/json.ts';
import type { EventFacts } from './facts.ts';
import { numberAt, textAt, timeAt } from './fields.ts';
import { eventsAbout } from './look-up.ts';

const hourMs = 3_600_000;
const most = 5;

/** The newest events about some objects within the last hour, the newest first. */
export function readEvents(
  items: readonly JsonObject[],
  uids: readonly string[],
  nowMs: number,
): readonly EventFacts[] {
  return uids
    .flatMap((uid) => eventsAbout(items, uid))
    .flatMap((event) => {
      const atMs = lastSeenMs(event);
      return atMs !== null && nowMs - atMs <= hourMs ? [{ event, atMs }] : [];
    })
    .toSorted((a, b) => b.atMs - a.atMs)
    .slice(0, most)
    .map(({ event, atMs }) => readEvent(event, atMs));
}

function readEvent(event: JsonObject, atMs: number): EventFacts {
  const about = textAt(event, 'involvedObject', 'name') ?? textAt(event, 'regarding', 'name');
  const counts = [
    numberAt(event, 'count'),
    numberAt(event, 'deprecatedCount'),
    numberAt(event, 'series', 'count'),
  ];
  return {
    at: new Date(atMs).toISOString(),
    type: textAt(event, 'type') ?? '',
    reason: textAt(event, 'reason') ?? '',
    message: textAt(event, 'message') ?? textAt(event, 'note') ?? '',
    count: Math.max(1, ...counts.map((count) => count ?? 0)),
    object: about ?? '',
  };
}

/** An event that repeats is told once, with the time when it came last (core/v1, events.k8s.io/v1). */
function lastSeenMs(event: JsonObject): number | null {
  return (
    timeAt(event, 'series', 'lastObservedTime') ??
    timeAt(event, 'lastTimestamp') ??
    timeAt(event, 'deprecatedLastTimestamp') ??
    timeAt(event, 'eventTime') ??
    timeAt(event, 'metadata', 'creationTimestamp')
  );
}
