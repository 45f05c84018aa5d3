import { type Ground, type Subject, userName } from './ground.ts';

/** So ends what was seen of a process that is known by its number alone. */
export const notLookedAt = 'was not looked at';

/** So begins what was seen of an owner that root has asked for in vain, as in a container. */
export const hiddenFromRoot = 'owner hidden even from root';

/** Why the process behind a port that is listened on is not told; null where it is, or nothing listens. */
export function hiddenOwner({ process, listening, uid }: Subject, ground: Ground): string | null {
  if (process !== null || listening === null) return null;
  if (listening.pids.length > 0) return `its process ${notLookedAt}`;
  const whose = uid === null ? 'uid unknown' : `uid ${uid} (${userName(uid, ground)})`;
  return `${ground.us === 0 ? hiddenFromRoot : 'owner hidden'}, ${whose}`;
}
