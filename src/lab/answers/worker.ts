import { jsonPage, type Page } from '../site.ts';
import { functionNames, functions } from './functions.ts';

/** `GET /` of the system-bus worker (Bun, Hono) as it was in February 2026. */
export function workerPage(): Page {
  const events = Object.entries(functions).flatMap(([name, triggers]) =>
    triggers.map((event) => [event, name] as const),
  );
  return jsonPage({
    service: 'system-bus',
    status: 'running',
    functions: functionNames,
    events: Object.fromEntries(events),
  });
}

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
