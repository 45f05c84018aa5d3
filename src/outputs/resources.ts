import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { NodeReport } from '../model/report.ts';
import { bytesText, percentOf } from './units.ts';

/** Memory and the first disk of the machine that joelclaw runs on; null when not measured. */
export function resourcesLine(nodes: readonly NodeReport[]): string | null {
  const facts = nodes.find(({ access }) => access === 'local')?.facts;
  const memory = facts?.['memory'];
  const disk = firstOf(facts?.['disks']);
  if (!isJsonObject(memory) || !disk) return null;
  const [usedRam, totalRam] = [numberAt(memory, 'usedBytes'), numberAt(memory, 'totalBytes')];
  const [usedDisk, totalDisk] = [numberAt(disk, 'usedBytes'), numberAt(disk, 'sizeBytes')];
  const ram = `${bytesText(usedRam)} / ${bytesText(totalRam)} RAM (${percentOf(usedRam, totalRam)}%)`;
  const space = `${bytesText(usedDisk)} / ${bytesText(totalDisk)} disk (${percentOf(usedDisk, totalDisk)}%)`;
  return `Resources: ${ram} • ${space}`;
}

/** "57 TB free" of a host's first disk; '' when it was not measured. */
export function spaceText(facts: JsonObject): string {
  const disk = firstOf(facts['disks']);
  return disk ? `${bytesText(numberAt(disk, 'availableBytes'))} free` : '';
}

function firstOf(disks: Json | undefined): JsonObject | null {
  const [first] = Array.isArray(disks) ? disks : [];
  return isJsonObject(first) ? first : null;
}

function numberAt(object: JsonObject, key: string): number {
  const value = object[key];
  return typeof value === 'number' ? value : 0;
}
