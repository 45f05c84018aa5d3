import type { AuditReport } from '../model/audit.ts';
import { plainText } from '../model/plain-text.ts';
import { bytesText } from '../outputs/units.ts';
import { type Line, lineOf, seg } from './line.ts';

/** What the host is, as far as it was told, and what has cut the audit off. */
export function hostLines({ facts, durationMs, cutOff, id }: AuditReport): readonly Line[] {
  const { system, hardware } = facts;
  const words = [
    system.os,
    system.kernel,
    hardware.cpu,
    hardware.cpus === null ? null : `${hardware.cpus} cpus`,
    hardware.memoryBytes === null ? null : bytesText(hardware.memoryBytes),
    isMachine(hardware.virtualization) ? null : hardware.virtualization,
  ].filter((one) => one !== null && one !== '');
  const took = `looked at in ${(durationMs / 1000).toFixed(1)} s over one connection`;
  return [
    ...(words.length === 0
      ? []
      : [lineOf(` ${words.map((one) => plainText(one ?? '')).join(' · ')}`)]),
    lineOf(' ', seg(`${took} · ${id}`, 'dim')),
    ...(cutOff === null
      ? []
      : [lineOf(' ', seg(`cut off: ${plainText(cutOff.message)}`, 'warn'), '; A looks again')]),
  ];
}

function isMachine(virtualization: string | null): boolean {
  return virtualization === null || virtualization === 'none';
}
