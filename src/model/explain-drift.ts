import { besideRunning } from './beside-running.ts';
import type { Check } from './check.ts';
import { verdictOf, worstVerdict } from './file-verdict.ts';
import type { Inventory, ManagedFile } from './inventory.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { countOf, objectsOf, textOf, textsOf } from './read-facts.ts';
import type { CheckReport, DriftItem, DriftReport } from './report.ts';

/** The kind of the checks that compare files. They belong to no service, and are no trouble of a host. */
export const filesKind = 'file';
/** The same of manifests; its id ends with the name of the cluster. */
export const manifestsKind = 'manifests';

/** The same of a host beside its accepted audit. */
export const auditKind = 'audit';

export interface DriftEvidence {
  readonly inventory: Inventory;
  readonly checks: readonly Check[];
  readonly explained: ReadonlyMap<string, CheckReport>;
}

/** Every managed file, in the inventory's order, then every host that was ever audited; the state is the gravest of their verdicts. */
export function explainDrift({ inventory, checks, explained }: DriftEvidence): DriftReport {
  const by = (kind: string, nameOf: (check: Check) => string) =>
    new Map(
      checks
        .filter((check) => check.kind === kind)
        .map((check) => [nameOf(check), explained.get(check.id)]),
    );
  const ofHost = by(filesKind, ({ host }) => host);
  const ofCluster = by(manifestsKind, ({ id }) => id.slice(id.lastIndexOf(':') + 1));
  const ofFiles = inventory.files.map((file): DriftItem => {
    const isOfCluster = file.kind === 'k8s';
    const check = isOfCluster ? ofCluster.get(file.cluster ?? '') : ofHost.get(file.host ?? '');
    const found = objectsOf(check?.facts['files']).find((one) => one['id'] === file.id);
    const item = itemOf(file, check, found);
    if (isOfCluster || !found) return item;
    return { ...item, ...besideRunning(item, { file, found, inventory, explained }) };
  });
  const items = [...ofFiles, ...auditItems({ checks, explained })];
  if (items.length === 0) return { state: 'n/a', note: 'the inventory names no files', items };
  const state = worstVerdict(items.map(({ verdict }) => verdict));
  return { state, note: '', items };
}

function auditItems({
  checks,
  explained,
}: Pick<DriftEvidence, 'checks' | 'explained'>): readonly DriftItem[] {
  return checks.flatMap(({ id, kind, host }) => {
    const report = kind === auditKind ? explained.get(id) : undefined;
    const found = report?.facts['drift'];
    if (!report || !isJsonObject(found)) return [];
    const name = `${auditKind}/${host}`;
    const about = { id: name, kind: auditKind, host, source: name, destination: null } as const;
    const stands =
      report.state === 'up'
        ? {
            verdict: verdictOf(textOf(found['verdict'])) ?? ('unknown' as const),
            note: textOf(found['note']) ?? '',
            change: changeOf(found['change']),
          }
        : { verdict: 'unknown' as const, note: report.note, change: null };
    const seen = { check: id, at: report.at, because: report.because };
    return [{ ...about, service: null, reloadNeeded: false, ...stands, ...seen }];
  });
}

function itemOf(
  file: ManagedFile,
  check: CheckReport | undefined,
  found: JsonObject | undefined,
): DriftItem {
  const { id, kind, host, source, destination, service } = file;
  const { id: by = null, at = null, because = null } = check ?? {};
  const declared = { id, kind, host, source, destination, service, reloadNeeded: false };
  return { ...declared, ...standing(file, check, found), check: by, at, because };
}

/** What an answer that is too old, or none, said is not known any more. */
function standing(
  { kind }: ManagedFile,
  check: CheckReport | undefined,
  found: JsonObject | undefined,
): Pick<DriftItem, 'verdict' | 'note' | 'change'> {
  if (!check) {
    const note = `it goes nowhere: name its ${kind === 'k8s' ? 'cluster' : 'host'}`;
    return { verdict: 'unknown', note, change: null };
  }
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
