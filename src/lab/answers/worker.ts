import { jsonPage, type Moment, type Page } from '../site.ts';
import { functionNames, functions } from './functions.ts';
import { workerLabel } from './launchd-units.ts';

/**
 * `GET /` of the system-bus worker (Bun, Hono) as it was in February 2026, with the `worker` block that
 * it has had since the end of that month. `startedMs` says when the process that answers began.
 */
export function workerPage(startedMs: (moment: Moment) => number) {
  return (moment: Moment): Page => {
    const events = Object.entries(functions).flatMap(([name, triggers]) =>
      triggers.map((event) => [event, name] as const),
    );
    const startedAt = new Date(startedMs(moment)).toISOString();
    return jsonPage({
      service: 'system-bus',
      status: 'running',
      functions: functionNames,
      events: Object.fromEntries(events),
      worker: { role: 'host', startedAt },
    });
  };
}

const dayMs = 86_400_000;

/**
 * A worker that was started three hours before the day on which the lab was made, or by a hand since:
 * two labs of one day are no restart for who compares them.
 */
export const longRunning = ({ startMs, restarted }: Moment): number =>
  restarted(workerLabel)?.atMs ?? Math.floor(startMs / dayMs) * dayMs - 3 * 3_600_000;

/** `GET /api/inngest` in dev mode, unsigned: SDK 4.24. */
export function workerIntrospection(): Page {
  return jsonPage({
    extra: { native_crypto: true },
    has_event_key: false,
    has_signing_key: false,
    function_count: functionNames.length,
    mode: 'dev',
    schema_version: '2024-05-24',
  });
}
