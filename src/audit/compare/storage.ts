import type { AuditReport, Severity } from '../../model/audit.ts';
import type { AuditedDisk, AuditedMount } from '../../model/audit-facts.ts';
import {
  type Area,
  type Compared,
  compareThings,
  joined,
  type Sides,
  type Thing,
} from './things.ts';
import { sizeBeside, sizeText } from './values.ts';

const disksArea: Area = { id: 'disks', title: 'disks', probes: /^disks$/ };
const mountsArea: Area = { id: 'mounts', title: 'mounts', probes: /^(?:mounts|space)$/ };

/** A file system may be a little smaller after a repair, and tells it. */
const mountTolerance = 0.01;

/** Disks and what is mounted: never how full they are. */
export function compareStorage(reports: Sides<AuditReport>): Compared {
  const { before, after } = reports;
  const disks = (one: AuditReport) => one.facts.hardware.disks?.filter(isDisk) ?? null;
  const mounts = (one: AuditReport) => one.facts.mounts?.filter(isLasting) ?? null;
  const [oldDisks, newDisks] = [disks(before), disks(after)];
  const [oldMounts, newMounts] = [mounts(before), mounts(after)];
  return joined([
    compareThings(
      disksArea,
      {
        before: oldDisks?.map((disk) => diskThing(disk, disk, null)) ?? null,
        after: newDisks && asNamedBefore(oldDisks ?? [], newDisks),
      },
      reports,
    ),
    compareThings(
      mountsArea,
      {
        before: oldMounts?.map((one) => mountThing(one)) ?? null,
        after: newMounts?.map((one) => mountThing(one)) ?? null,
      },
      reports,
    ),
    ...(oldMounts && newMounts ? [compareSizes(oldMounts, newMounts)] : []),
  ]);
}

/** What has no disk behind it, or one that is changed by hand. */
function isDisk({ name }: AuditedDisk): boolean {
  return !/^(?:loop|zram|ram|sr|fd|nbd)\d/.test(name);
}

/** The kernel names disks as it finds them: one that is the same in all else has only moved. */
function asNamedBefore(old: readonly AuditedDisk[], now: readonly AuditedDisk[]): readonly Thing[] {
  const left = [...old];
  const take = (is: (one: AuditedDisk) => boolean): AuditedDisk | null =>
    left.splice(left.findIndex(is) >>> 0, 1)[0] ?? null;
  const same = now.map((disk) => {
    const looks = (one: AuditedDisk): boolean =>
      one.model === disk.model && one.sizeBytes === disk.sizeBytes;
    return take((one) => looks(one) && one.name === disk.name) ?? take(looks);
  });
  const taken = new Set(same.map((one) => one?.name));
  return now.map((disk, index) => {
    const [found, before] = [same[index] ?? null, left.find(({ name }) => name === disk.name)];
    if (found) return diskThing(found, disk, null);
    const name = taken.has(disk.name) ? `${disk.name} (new)` : disk.name;
    return diskThing({ ...disk, name }, disk, before ?? null);
  });
}

function diskThing(
  { name }: Pick<AuditedDisk, 'name'>,
  { model, sizeBytes }: AuditedDisk,
  before: AuditedDisk | null,
): Thing {
  const isSmaller = before !== null && sizeBytes < before.sizeBytes;
  const changed: Severity = isSmaller || before?.model !== model ? 'critical' : 'info';
  return {
    id: `disk/${name}`,
    title: `disk ${name}`,
    value: [model, sizeText(sizeBytes)].filter((one) => one !== null).join(' '),
    graveness: { added: 'info', gone: 'critical', changed },
  };
}

const passing =
  /^\/(?:proc|sys|dev|snap|run\/(?:user|credentials|netns|docker|snapd)|var\/lib\/(?:docker|containers|containerd|kubelet|snapd))(?:\/|$)/;
const unlasting = new Set(['squashfs', 'autofs', 'overlay', 'nsfs', 'tmpfs', 'devtmpfs', 'ramfs']);

/** Not what comes and goes with logins, containers and packages. */
function isLasting({ mount, type }: AuditedMount): boolean {
  return mount === '/' || (!passing.test(mount) && !unlasting.has(type));
}

/** Devices of this machine have another name after any boot; those of the net are places. */
function mountThing({ mount, device, type }: AuditedMount): Thing {
  const from = device.startsWith('/dev/') || !/[:/]/.test(device) ? '' : ` of ${device}`;
  return {
    id: `mount/${mount}`,
    title: `mount ${mount}`,
    value: `${type}${from}`,
    graveness: { added: 'info', gone: 'critical', changed: 'warning' },
  };
}

/** What these say of their size is what is free, or memory. */
const sizeless = new Set(['zfs', 'btrfs', 'bcachefs', 'overlay', 'tmpfs', 'nfs', 'nfs4', 'cifs']);

/** Null is the size of one that was not asked, or did not answer: the mount is there all the same. */
function compareSizes(old: readonly AuditedMount[], now: readonly AuditedMount[]): Compared {
  const before = new Map(old.map((one) => [one.mount, one.sizeBytes]));
  const changes = now.flatMap(({ mount, type, sizeBytes }) => {
    const was = before.get(mount) ?? null;
    if (was === null || sizeBytes === null || sizeless.has(type)) return [];
    const [shown, is] = [sizeText(was), sizeBeside(sizeBytes, was, mountTolerance)];
    if (is === shown || is === null) return [];
    const shrunk = sizeBytes < was;
    return {
      id: `mount-size/${mount}`,
      what: 'changed' as const,
      title: `mount ${mount} has ${shrunk ? 'shrunk' : 'grown'}`,
      ...{ before: shown, after: is },
      severity: shrunk ? ('critical' as const) : ('info' as const),
    };
  });
  const unknowns = now.flatMap(({ mount, type, sizeBytes }) => {
    const was = before.get(mount);
    if (was === undefined || sizeless.has(type) || (was === null) === (sizeBytes === null)) {
      return [];
    }
    const side = was === null ? 'the accepted audit' : 'the newest audit';
    const title = `the size of mount ${mount}`;
    return { id: `mount-size/${mount}`, title, why: `${side} could not tell` };
  });
  return { changes, unknowns, untold: [] };
}
