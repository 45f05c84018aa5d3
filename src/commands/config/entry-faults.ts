import type { Located } from '../../inventory/document.ts';
import { isScript } from '../../kinds/file/lint/lint-script.ts';
import type { Inventory, ManagedFile } from '../../model/inventory.ts';
import { faultAt, type TextFault, wholeText } from '../../model/text-fault.ts';
import { placeWords } from './entry-places.ts';
import { type FileFault, inFile } from './file-fault.ts';
import type { Source } from './read-sources.ts';

/** What is needed to say what is wrong with the entries of `files`. */
export interface Entries {
  readonly inventory: Inventory;
  readonly located: Located;
  readonly sources: readonly Source[];
  /** The label of each job, by its source. */
  readonly labels: ReadonlyMap<string, string>;
  /** `statefulset/redis` of each manifest, by its source. */
  readonly workloads: ReadonlyMap<string, readonly string[]>;
}

/** What is wrong at a key of an entry. */
export interface EntryWords {
  readonly key: string;
  readonly message: string;
  readonly hint: string;
  readonly isWarning?: boolean;
}

/** What `files` of the inventory say that their files do not bear out; told at its lines. */
export function entryFaults(entries: Entries): readonly FileFault[] {
  return entries.sources.flatMap((source) =>
    [
      ...sourceWords(source),
      ...modeWords(source),
      ...useWords(source, entries),
      ...placeWords(source, entries),
    ].map((words) => {
      const { key, message, hint, isWarning = false } = words;
      return {
        ...entries.located.faultAt(['files', source.index, key], { message, hint }),
        isWarning,
      };
    }),
  );
}

function sourceWords({ file, seen }: Source): readonly EntryWords[] {
  const key = 'source';
  const { source } = file;
  if (seen === null) {
    const message = `${source} leads out of the folder of the inventory`;
    return [{ key, message, hint: 'a path below it' }];
  }
  if (seen.isThere || seen.fault) return [];
  const message = seen.isLink ? `${source} is a link that leads nowhere` : `there is no ${source}`;
  return [{ key, message, hint: 'write it, or remove this entry' }];
}

function modeWords({ file, seen }: Source): readonly EntryWords[] {
  const { kind, mode, source } = file;
  const key = mode === null ? 'source' : 'mode';
  const bits = Number.parseInt(mode ?? '0644', 8);
  if (kind === 'env' && mode !== null && (bits & 0o077) !== 0) {
    return [{ key, message: 'lets others read its secrets', hint: '"0600"' }];
  }
  if (kind === 'launchd' && (bits & 0o022) !== 0) {
    return [{ key, message: 'launchd refuses what others may write', hint: '"0644"' }];
  }
  const isRun = kind === 'file' && isScript(seen?.text ?? '', source);
  if (!isRun || (bits & 0o100) !== 0) return [];
  return [{ key, message: `${source} is a script that nobody may run`, hint: 'mode: "0755"' }];
}

/** A file that no service uses is installed for nothing, and restarts nothing. */
function useWords({ file, seen }: Source, entries: Entries): readonly EntryWords[] {
  const { kind, source, service: id } = file;
  if (!seen?.isThere || seen.fault) return [];
  const service = entries.inventory.services.find((one) => one.id === id);
  const manager = service?.manager;
  if (kind === 'k8s') return workloadWords(file, entries);
  if (kind === 'launchd') {
    const label = entries.labels.get(source);
    if (label === undefined || (manager?.kind === 'launchd' && manager.label === label)) return [];
    return [unusedUnit(file, label, entries)];
  }
  if (kind === 'systemd') {
    const unit = source.split('/').at(-1) ?? '';
    const isOther = manager?.kind === 'systemd' && manager.unit !== unit;
    // Until an audit has found out what runs a service it has no manager.
    if (service && !isOther) return [];
    return [unusedUnit(file, unit, entries)];
  }
  if (service) return [];
  const message = `no service uses ${source}: nothing is restarted when it changes`;
  return [{ key: 'source', message, hint: 'service: host/name', isWarning: true }];
}

function unusedUnit({ source }: ManagedFile, unit: string, { inventory }: Entries): EntryWords {
  const owner = inventory.services.find(
    ({ manager }) =>
      (manager.kind === 'launchd' && manager.label === unit) ||
      (manager.kind === 'systemd' && manager.unit === unit),
  );
  const hint = owner ? `service: ${owner.id}` : `a service whose manager is ${unit}`;
  return { key: 'source', message: `its service is not run by ${unit}, of ${source}`, hint };
}

function workloadWords(
  { source, service: id }: ManagedFile,
  entries: Entries,
): readonly EntryWords[] {
  const service = entries.inventory.services.find((one) => one.id === id);
  const workloads = entries.workloads.get(source) ?? [];
  if (service?.manager.kind !== 'k8s' || workloads.length === 0) return [];
  const wanted = service.manager.workload.split('/').slice(-2).join('/');
  if (workloads.includes(wanted)) return [];
  const message = `${source} holds no ${wanted}, which is what runs ${service.id}`;
  return [{ key: 'service', message, hint: workloads.join(', ') }];
}

/** What `infra apply` would know how to put somewhere. */
const applied = /\.(?:plist|service|timer|socket|example|sh)$|(?:^|\/)Caddyfile$|^k8s\/.*\.ya?ml$/;

/** Files of `infra/` and `k8s/` that no entry names: they go nowhere. Notes and hidden files are none. */
export function unnamedFaults(
  there: readonly string[],
  files: readonly ManagedFile[],
): readonly FileFault[] {
  const named = new Set(files.map(({ source }) => source.replace(/^\.\//, '')));
  return there.flatMap((path) => {
    if (named.has(path) || /(?:^|\/)\.|\.md$/.test(path)) return [];
    const fault: TextFault = faultAt(
      wholeText,
      'no entry in `files` of the inventory names it: it goes nowhere',
      `{ source: ${path}, … }, or remove it`,
    );
    return inFile(path, [{ ...fault, isWarning: !applied.test(path) }]);
  });
}
