import { type Inventory, type ManagedFile, pathOf } from './inventory.ts';
import type { JsonObject } from './json.ts';
import { countOf, textOf } from './read-facts.ts';
import type { CheckReport, DriftItem } from './report.ts';
import { runningState, withRunning } from './running-state.ts';

interface Ground {
  readonly file: ManagedFile;
  /** What the check of its host has found of it. */
  readonly found: JsonObject;
  readonly inventory: Inventory;
  readonly explained: ReadonlyMap<string, CheckReport>;
}

type Standing = Pick<DriftItem, 'verdict' | 'note' | 'reloadNeeded'>;

/** How a file stands with what is known of what runs; of what is not there, or not known, nothing can. */
export function besideRunning(
  { verdict, note, reloadNeeded }: Standing,
  { file, found, inventory, explained }: Ground,
): Standing {
  if (verdict === 'missing' || verdict === 'unknown') return { verdict, note, reloadNeeded };
  const service = inventory.services.find(({ id }) => id === file.service);
  const unit = service && explained.get(`${service.id}/${service.manager.kind}`);
  const running = runningState({
    kind: file.kind,
    unit: unit ?? null,
    isManaged: service !== undefined && service.manager.kind !== 'none' && service.enabled,
    unreadSince: textOf(found['unreadSince']),
    changedAtMs: countOf(found['changedAtMs']),
    isLoaded: booleanOf(found['isLoaded']),
    notTold: textOf(found['notTold']),
    places: inventory.files.flatMap((one) => (one.host === file.host ? (pathOf(one) ?? []) : [])),
  });
  const beside = withRunning(verdict, running, { isRecorded: found['isRecorded'] === true });
  return {
    verdict: beside.verdict,
    note: [note, ...beside.notes].filter((words) => words !== '').join('; '),
    reloadNeeded: beside.reloadNeeded,
  };
}

function booleanOf(value: JsonObject[string] | undefined): boolean | null {
  return typeof value === 'boolean' ? value : null;
}
