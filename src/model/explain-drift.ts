import type { Check } from './check.ts';
import { verdictOf, worstVerdict } from './file-verdict.ts';
import type { Inventory, ManagedFile } from './inventory.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { countOf, objectsOf, textOf, textsOf } from './read-facts.ts';
import type { CheckReport, DriftItem, DriftReport } from './report.ts';

/** The kind of the checks that compare files. They belong to no service, and are no trouble of a host. */
export const filesKind = 'file';

export interface DriftEvidence {
  readonly inventory: Inventory;
  readonly checks: readonly Check[];
  readonly explained: ReadonlyMap<string, CheckReport>;
}

/** Every managed file, in the inventory's order; the state is the gravest of their verdicts. */
export function explainDrift({ inventory, checks, explained }: DriftEvidence): DriftReport {
  const ofHost = new Map(
    checks.flatMap(({ kind, host, id }) => (kind === filesKind ? [[host, explained.get(id)]] : [])),
  );
  const items = inventory.files.map((file) => itemOf(file, ofHost.get(file.host ?? '')));
  if (items.length === 0) return { state: 'n/a', note: 'the inventory names no files', items };
  const state = worstVerdict(items.map(({ verdict }) => verdict));
  return { state, note: '', items };
}

function itemOf(file: ManagedFile, check: CheckReport | undefined): DriftItem {
  const { id, kind, host, source, destination, service } = file;
  const found = objectsOf(check?.facts['files']).find((one) => one['id'] === id);
  const { id: by = null, at = null, because = null } = check ?? {};
  const declared = { id, kind, host, source, destination, service };
  return { ...declared, ...standing(file, check, found), check: by, at, because };
}

/** What an answer that is too old, or none, said is not known any more. */
function standing(
  { kind }: ManagedFile,
  check: CheckReport | undefined,
  found: JsonObject | undefined,
): Pick<DriftItem, 'verdict' | 'note' | 'change'> {
  if (kind === 'k8s') {
    return { verdict: 'unknown', note: 'not compared yet: an object of a cluster', change: null };
  }
  if (!check) return { verdict: 'unknown', note: 'it goes nowhere: name its host', change: null };
  if (check.state !== 'up') return { verdict: 'unknown', note: check.note, change: null };
  if (!found) return { verdict: 'unknown', note: 'not compared yet', change: null };
  return {
    verdict: verdictOf(textOf(found['verdict'])) ?? 'unknown',
    note: textOf(found['note']) ?? '',
    change: changeOf(found['change']),
  };
}

function changeOf(value: JsonObject[string] | undefined): DriftItem['change'] {
  if (!isJsonObject(value)) return null;
  const { added, removed, lines } = value;
  return { added: countOf(added) ?? 0, removed: countOf(removed) ?? 0, lines: textsOf(lines) };
}
