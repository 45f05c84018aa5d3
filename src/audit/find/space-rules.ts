import type { Finding } from '../../model/audit.ts';
import type { AuditedMount } from '../../model/audit-facts.ts';
import type { Rule } from './rule.ts';

const gib = 1024 ** 3;

/** The last of a disk of many terabytes is still a lot. The percents are steps, so that evidence stands still. */
const fullDisks: Rule = ({ facts }) =>
  (facts.mounts ?? []).flatMap(({ mount, device, sizeBytes, availableBytes, usedPercent }) => {
    if (sizeBytes === null || availableBytes === null || sizeBytes === 0) return [];
    const step = stepOf(usedPercent ?? (1 - availableBytes / sizeBytes) * 100);
    if (step === null || availableBytes > 50 * gib) return [];
    return [
      {
        id: `disk-full/${mount}`,
        severity: step >= 97 && availableBytes < 10 * gib ? 'critical' : 'warning',
        title: `${mount} is nearly full`,
        evidence: `more than ${step}% of ${device} are used`,
        remedy: `find what is large: sudo du -xh ${mount} | sort -h | tail`,
      } satisfies Finding,
    ];
  });

const fullInodes: Rule = ({ facts }) =>
  (facts.mounts ?? []).flatMap(({ mount, device, inodesUsedPercent }) => {
    const step = stepOf(inodesUsedPercent ?? 0);
    if (step === null) return [];
    return [
      {
        id: `inodes-full/${mount}`,
        severity: step >= 97 ? 'critical' : 'warning',
        title: `${mount} has nearly no room for another file`,
        evidence: `more than ${step}% of the inodes of ${device} are used`,
        remedy: `find where many small files lie: sudo du --inodes -x ${mount} | sort -n | tail`,
      } satisfies Finding,
    ];
  });

const silentMounts: Rule = ({ facts }) =>
  (facts.mounts ?? []).filter(isSilent).map(({ mount, device }) => ({
    id: `silent-mount/${mount}`,
    severity: 'unknown',
    title: `how full ${mount} is could not be told`,
    evidence: `df told nothing of ${device}`,
    remedy: `df ${mount}, on the host`,
  }));

/** What lies on this host and did not answer, where others did; the net is not asked. */
function isSilent({ device, sizeBytes }: AuditedMount, _: number, all: readonly AuditedMount[]) {
  return sizeBytes === null && device.startsWith('/dev/') && all.some((one) => one.sizeBytes);
}

const noSwap: Rule = ({ facts }) => {
  const { swapBytes, memoryBytes } = facts.hardware;
  if (swapBytes !== 0 || memoryBytes === null || memoryBytes >= 4 * gib) return [];
  return [
    {
      id: 'no-swap',
      severity: 'info',
      title: 'there is little memory, and no swap',
      evidence: `less than 4 GB of memory`,
      remedy: 'zram, or a swap file: what needs more than there is gets killed',
    },
  ];
};

const steps = [99, 97, 95, 90] as const;

function stepOf(percent: number): number | null {
  return steps.find((one) => percent >= one) ?? null;
}

/** Where there is no room. */
export const spaceRules: readonly Rule[] = [fullDisks, fullInodes, silentMounts, noSwap];
