import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { textOf } from '../../model/read-facts.ts';
import type { LogSource } from '../log-source.ts';

/** The files that its plist names, each once: launchd keeps no log of its own. */
export function logs(_spec: object, facts: JsonObject): readonly LogSource[] {
  const { stdout, stderr } = isJsonObject(facts['logs']) ? facts['logs'] : {};
  const paths = new Set([textOf(stdout), textOf(stderr)]);
  return [...paths].flatMap((path) =>
    path !== null && /^\/(?!dev\/)/.test(path) ? [{ kind: 'file', path } as const] : [],
  );
}
