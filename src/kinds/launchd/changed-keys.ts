import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { countOf, textOf } from '../../model/read-facts.ts';
import { plistKeys } from './plist-keys.ts';

/** Keys of its file that launchd has loaded otherwise, of those that `print` shows as they are. */
export function changedKeys(facts: JsonObject, plist: string | null): readonly string[] {
  const keys = plist === null ? null : plistKeys(plist);
  if (keys === null) return [];
  const logs = isJsonObject(facts['logs']) ? facts['logs'] : {};
  const pairs = [
    ['Program', textOf(facts['program'])],
    ['StandardOutPath', textOf(logs['stdout'])],
    ['StandardErrorPath', textOf(logs['stderr'])],
    ['StartInterval', countOf(facts['intervalSeconds'])],
    ['ThrottleInterval', countOf(facts['minimumRuntimeSeconds'])],
  ] as const;
  return pairs
    .filter(([key, loaded]) => {
      const written = keys.get(key)?.text;
      return written !== undefined && loaded !== null && written.trim() !== String(loaded);
    })
    .map(([key]) => key);
}
