import { type FSWatcher, watch } from 'node:fs';

/**
 * Tells the name of what changes within a folder, null where the system does not say it. None where
 * there is no such folder, or the system has no more room for watches (ENOSPC).
 */
export function watchFolder(
  folder: string,
  onChange: (name: string | null) => void,
): readonly FSWatcher[] {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => onChange(name));
    return [watcher.on('error', () => watcher.close())];
  } catch {
    return [];
  }
}
