import type { AuditedDisk, AuditFacts } from '../../model/audit-facts.ts';
import { type Answers, toldBy } from '../collect/answers.ts';
import { byText, filesBy, lineOf } from './told.ts';

/** What the machine is made of. */
export function hardwareOf(answers: Answers): AuditFacts['hardware'] {
  const memory = toldBy(answers, 'meminfo');
  return {
    vendor: lineOf(answers, 'vendor'),
    product: lineOf(answers, 'product'),
    virtualization: lineOf(answers, 'virtualization'),
    cpu: /:\s*(.*\S)/.exec(lineOf(answers, 'cpu') ?? '')?.[1] ?? null,
    cpus: countOf(lineOf(answers, 'cpus')),
    memoryBytes: kibOf(memory, 'MemTotal'),
    swapBytes: kibOf(memory, 'SwapTotal'),
    disks: disksOf(answers),
    gpus: gpusOf(answers),
  };
}

/** Of a count that is never 0. */
function countOf(line: string | null): number | null {
  return line !== null && /^[1-9]\d{0,5}$/.test(line) ? Number(line) : null;
}

/** proc(5): what /proc/meminfo calls kB has 1024 bytes. */
function kibOf(text: string | null, key: string): number | null {
  const [, kib] = new RegExp(`^${key}:\\s+(\\d{1,15}) kB$`, 'm').exec(text ?? '') ?? [];
  return kib === undefined ? null : Number(kib) * 1024;
}

/** Memory, loops, mapped devices, arrays and drives without a medium are no disks. */
const noDisk = /^(?:ram|loop|zram|dm-|md|sr|fd|nbd|mtdblock)\d*|boot\d+$|rpmb$/;

/** Of a disk of a hypervisor the kernel says that it turns, whatever lies behind it. */
function isVirtual(name: string, model: string): boolean {
  return /^x?vd[a-z]/.test(name) || /\b(?:qemu|vbox|vmware|virtual)/i.test(model);
}

/** sysfs counts in sectors of 512 bytes, whatever the disk's own are. */
function disksOf(answers: Answers): readonly AuditedDisk[] | null {
  const files = filesBy(answers, 'disks');
  if (files === null) return null;
  const names = [...files.keys()].flatMap(
    (path) => /^\/sys\/block\/([^/]+)\/size$/.exec(path)?.[1] ?? [],
  );
  return names
    .filter((name) => !noDisk.test(name))
    .map((name) => {
      const of = (file: string): string =>
        files.get(`/sys/block/${name}/${file}`)?.[0]?.trim() ?? '';
      const [sectors, rotational, model] = [of('size'), of('queue/rotational'), of('device/model')];
      return {
        name,
        sizeBytes: /^\d{1,13}$/.test(sectors) ? Number(sectors) * 512 : 0,
        rotational:
          /^[01]$/.test(rotational) && !isVirtual(name, model) ? rotational === '1' : null,
        model: model === '' ? null : model,
      };
    })
    .filter(({ sizeBytes }) => sizeBytes > 0)
    .toSorted((a, b) => byText(a.name, b.name));
}

/** The PCI ID Repository's numbers of those that make what shows or computes. */
const vendors: Readonly<Record<string, string>> = {
  '0x1002': 'amd',
  '0x10de': 'nvidia',
  '0x8086': 'intel',
  '0x1a03': 'aspeed',
  '0x102b': 'matrox',
  '0x1234': 'qemu',
  '0x15ad': 'vmware',
  '0x1af4': 'virtio',
  '0x1b36': 'qxl',
};

/** What the bus has of class 03, a display controller, also one that shows nothing. */
function gpusOf(answers: Answers): readonly string[] | null {
  const files = filesBy(answers, 'buses');
  if (files === null) return null;
  const of = (path: string): string => files.get(path)?.[0]?.trim() ?? '';
  return [...files.keys()]
    .filter((path) => path.endsWith('/class') && of(path).startsWith('0x03'))
    .map((path) => {
      const device = path.slice(0, -'class'.length);
      const vendor = of(`${device}vendor`);
      return `${vendors[vendor] ?? vendor} ${of(`${device}device`)}`.trim();
    })
    .toSorted(byText);
}
