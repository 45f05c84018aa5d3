import type { AuditFacts } from '../model/audit-facts.ts';
import { bytesText, percentOf } from './units.ts';
import { wrapped } from './wrapped.ts';

/** A few lines of what a host is; what could not be told is left out. */
export function hostLines(facts: AuditFacts, width: number): readonly string[] {
  const { hardware, system, network } = facts;
  const virtualization = hardware.virtualization === 'none' ? null : hardware.virtualization;
  const is = [system.os, system.kernel, system.architecture, system.init, virtualization];
  const of = [
    hardware.cpu,
    hardware.cpus === null ? null : `${hardware.cpus} threads`,
    hardware.memoryBytes === null ? null : `${bytesText(hardware.memoryBytes)} of memory`,
    ...(hardware.disks ?? []).map(({ name, sizeBytes }) => `${name} ${bytesText(sizeBytes)}`),
    ...(hardware.gpus ?? []),
  ];
  const days = system.uptimeSeconds === null ? null : Math.floor(system.uptimeSeconds / 86_400);
  const runs = [
    days === null ? null : `up for ${days === 1 ? '1 day' : `${days} days`}`,
    ...(facts.mounts ?? []).flatMap(({ mount, sizeBytes, availableBytes, usedPercent }) =>
      sizeBytes === null || availableBytes === null
        ? []
        : [
            `${mount} ${usedPercent ?? percentOf(sizeBytes - availableBytes, sizeBytes)}% of ${bytesText(sizeBytes)}`,
          ],
    ),
  ];
  const reached = (network.addresses ?? [])
    .filter((one) => one.interface !== 'lo' && !/^fe80:/i.test(one.address))
    .map(({ address }) => address.replace(/\/.*$/, ''));
  return [is, of, runs, reached].flatMap((words) =>
    wrapped('  ', words.filter((one) => one !== null && one !== '').join(', '), width),
  );
}
