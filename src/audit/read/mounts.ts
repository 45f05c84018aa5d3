import type { AuditedMount } from '../../model/audit-facts.ts';
import { type Answers, toldBy } from '../collect/answers.ts';
import { type DfRow, dfRows } from './df-rows.ts';
import { byText, linesOf } from './told.ts';

/** File systems of another machine, which are never asked for their space: a dead one would not answer. */
const ofTheNet =
  /^(?:nfs4?|cifs|smb3?|smbfs|9p|ceph|glusterfs|afs|ncpfs|fuse\.(?:sshfs|rclone|s3fs))$/;
/** Made of memory or of files, or full by nature. */
const noSpace =
  /^(?:tmpfs|devtmpfs|ramfs|squashfs|iso9660|udf|efivarfs|erofs|fuse\.(?:snapfuse|lxcfs|portal|gvfsd-fuse))$/;

/** What holds data: a device, a pool, the root, and what lies on other machines. */
export function mountsOf(answers: Answers): readonly AuditedMount[] | null {
  const table = toldBy(answers, 'mounts');
  const space = rowsOf(answers, 'space');
  if (table === null && space === null) return null;
  const inodes = new Map((rowsOf(answers, 'inodes') ?? []).map((row) => [row.mount, row]));
  const listed = table === null ? null : new Map(linesOf(table).flatMap(mountIn));
  const asked = (space ?? []).flatMap((row) => rowIn(row, listed));
  const devices = new Set(asked.map(({ device }) => device));
  const silent = [...(listed?.values() ?? [])].filter(
    ({ type, device }) =>
      ofTheNet.test(type) ||
      (device.startsWith('/dev/') && !noSpace.test(type) && !devices.has(device)),
  );
  const once = new Map([...silent, ...asked].map((one) => [one.mount, one]));
  return withoutBinds([...once.values()])
    .map((one) => ({ ...one, inodesUsedPercent: inodes.get(one.mount)?.usedPercent ?? null }))
    .toSorted((a, b) => byText(a.mount, b.mount));
}

/** What a container is handed of its host: files of it, and folders. */
const handed = /^\/(?:run\/host\/|etc\/(?:hosts|hostname|resolv\.conf)$)/;
/** A device of these holds several file systems. */
const ofMany = /^(?:btrfs|zfs|bcachefs)$/;

/** A device that is mounted again elsewhere is no other room: it stands where its path is the shortest. */
function withoutBinds(mounts: readonly Mounted[]): readonly Mounted[] {
  const own = mounts
    .filter(({ mount }) => !handed.test(mount))
    .toSorted((a, b) => a.mount.length - b.mount.length || byText(a.mount, b.mount));
  const first = new Map(own.toReversed().map((one) => [one.device, one]));
  return own.filter(
    (one) =>
      !one.device.startsWith('/dev/') || ofMany.test(one.type) || first.get(one.device) === one,
  );
}

type Mounted = Omit<AuditedMount, 'inodesUsedPercent'>;

/** proc_pid_mounts(5): a blank in a name is written in octal. */
function mountIn(line: string): readonly (readonly [string, Mounted])[] {
  const [device, mount, type] = line.split(' ').map(unescaped);
  if (device === undefined || mount === undefined || type === undefined) return [];
  if (!mount.startsWith('/')) return [];
  return [[mount, { mount, device, type, sizeBytes: null, availableBytes: null }]];
}

function unescaped(word: string): string {
  return word.replace(/\\([0-7]{3})/g, (_, octal) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

function rowIn(row: DfRow, listed: ReadonlyMap<string, Mounted> | null): readonly Mounted[] {
  const { mount, device, size, available } = row;
  const type = row.type ?? listed?.get(mount)?.type ?? '';
  const isLayer = type === 'overlay' && mount !== '/';
  if (noSpace.test(type) || isLayer || device === 'none' || size === 0) return [];
  const { usedPercent } = row;
  return [{ mount, device, type, sizeBytes: size, availableBytes: available, usedPercent }];
}

function rowsOf(answers: Answers, id: string): readonly DfRow[] | null {
  const text = toldBy(answers, id);
  if (text === null) return null;
  const rows = dfRows(text);
  return rows.length === 0 ? null : rows;
}
