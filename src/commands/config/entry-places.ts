import { type ManagedFile, pathOf } from '../../model/inventory.ts';
import type { Entries, EntryWords } from './entry-faults.ts';
import type { Source } from './read-sources.ts';

/** What is wrong with where an entry goes: nobody looks there, or another entry goes there too. */
export function placeWords(
  { file, index }: Source,
  { sources, labels }: Entries,
): readonly EntryWords[] {
  const before = sources.slice(0, index).map((one) => one.file);
  return [
    ...homeWords(file),
    ...nameWords(file),
    ...samePlaceWords(file, before),
    ...sameLabelWords(file, before, labels),
  ];
}

/** Where launchd and systemd look at boot. */
const homes: Readonly<Record<string, readonly [home: RegExp, hint: string]>> = {
  launchd: [/\/Library\/Launch(?:Agents|Daemons)\//, '~/Library/LaunchAgents/'],
  systemd: [
    /^\/(?:etc|usr\/local\/lib)\/systemd\/|\/\.config\/systemd\/user\//,
    '/etc/systemd/system/',
  ],
};

function homeWords(file: ManagedFile): readonly EntryWords[] {
  const [home, hint] = homes[file.kind] ?? [];
  if (!home || hint === undefined || home.test(pathOf(file) ?? '')) return [];
  return [{ key: 'destination', message: `${file.kind} does not look there at boot`, hint }];
}

/** A unit is known by the name of its file. */
function nameWords(file: ManagedFile): readonly EntryWords[] {
  if (!(file.kind in homes)) return [];
  const name = file.source.split('/').at(-1) ?? '';
  if ((pathOf(file) ?? '').split('/').at(-1) === name) return [];
  const hint = (file.destination ?? '').replace(/[^/]*$/, '');
  return [{ key: 'destination', message: `is not called ${name} there`, hint }];
}

function samePlaceWords(file: ManagedFile, before: readonly ManagedFile[]): readonly EntryWords[] {
  const path = pathOf(file);
  const other = before.find((one) => one.host === file.host && pathOf(one) === path);
  if (!other || path === null) return [];
  const message = `${other.source} goes to ${path} too`;
  return [{ key: 'destination', message, hint: 'another place for one of them' }];
}

function sameLabelWords(
  file: ManagedFile,
  before: readonly ManagedFile[],
  labels: ReadonlyMap<string, string>,
): readonly EntryWords[] {
  const label = labels.get(file.source);
  const other = before.find(
    (one) =>
      one.host === file.host && one.source !== file.source && labels.get(one.source) === label,
  );
  if (!other || label === undefined) return [];
  const message = `${other.source} has the label ${label} too`;
  return [{ key: 'source', message, hint: 'a label of its own for one of them' }];
}
