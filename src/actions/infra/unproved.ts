import type { ApplyLog } from '../../model/apply-log.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { type ManifestSeen, workloadsOf } from './plan-objects.ts';

/**
 * A manifest that stands as it is to since an apply whose proof did not come, because it was killed or
 * what it made cannot be taken away: its pods are waited for by the next one, as those of what it writes.
 */
export function provedAgain(
  planned: PlannedItem,
  manifest: ManifestSeen | undefined,
  logs: readonly ApplyLog[],
): PlannedItem {
  const { item } = planned;
  const last = logs.findLast(
    ({ items, outcome }) => items.includes(item.id) && outcome !== 'failed',
  );
  const isWritten = last?.writes.some(
    ({ item: id, place, restore }) =>
      place !== null && restore === 'none' && id.startsWith(`${item.id}#`),
  );
  const isUnproved = isWritten && last !== undefined && notProved.has(last.outcome);
  if (!manifest || !isUnproved) return planned;
  const sent = new Set(planned.objects?.map(({ path }) => path));
  const unproved = workloadsOf(manifest).filter(({ path }) => !sent.has(path));
  if (unproved.length === 0) return planned;
  if (item.verdict !== 'in-sync' || item.action !== 'none') return { ...planned, unproved };
  const note = `apply ${last.id} has not seen its pods come up`;
  return { ...planned, unproved, item: { ...item, action: 'reload', reloadNeeded: true, note } };
}

/** It went no further than its writes; `resumed` says that another has taken note of it. */
const notProved: ReadonlySet<ApplyLog['outcome']> = new Set([null, 'stuck', 'resumed']);
