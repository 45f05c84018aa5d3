import type { JobKind } from './facts.ts';
import type { PlistKeys } from './plist-keys.ts';
import type { PrintedFields } from './read-fields.ts';

/** What the plist says of when the job runs; null when it cannot be read or says what it must not. */
export function kindInPlist(keys: PlistKeys | null): JobKind | null {
  if (!keys?.has('Label')) return null;
  const alive = keys.get('KeepAlive');
  if (alive && !['true', 'false', 'dict'].includes(alive.type)) return null;
  if (alive?.type === 'true' || (alive?.entries ?? 0) > 0) return 'service';
  if (keys.has('StartInterval')) return 'interval';
  if (keys.has('StartCalendarInterval')) return 'calendar';
  const watches = ['WatchPaths', 'QueueDirectories', 'StartOnMount'].some((key) => keys.has(key));
  return watches ? 'watcher' : 'one-shot';
}

/**
 * The same as far as `launchctl print` shows it: `keepalive` stands for KeepAlive=true alone, a
 * KeepAlive dict shows as semaphores.
 */
export function kindInPrint({ fields, blocks }: PrintedFields): JobKind {
  const triggers = blocks.get('event triggers')?.join('\n') ?? '';
  if (propertiesOf(fields).includes('keepalive') || blocks.has('semaphores')) return 'service';
  if (fields.has('run interval')) return 'interval';
  if (triggers.includes('com.apple.launchd.calendarinterval')) return 'calendar';
  const watched = /com\.apple\.launchd\.(?:WatchPaths|QueueDirectories)|com\.apple\.fsevents/;
  return watched.test(triggers) ? 'watcher' : 'one-shot';
}

/** `properties = keepalive | runatload | inferred program`; may be empty. */
export function propertiesOf(fields: ReadonlyMap<string, string>): readonly string[] {
  return (fields.get('properties') ?? '').split('|').map((property) => property.trim());
}
