import type { Severity } from '../../model/audit.ts';
import { type Compared, nothing, type Sides, sideNames } from './things.ts';

/** One value of a host that it has once. */
export interface Value extends Sides<string | null> {
  readonly id: string;
  /** `the kernel` */
  readonly title: string;
  readonly severity: Severity;
}

/** Null is a side that could not tell. */
export function compareValue({ id, title, severity, before, after }: Value): Compared {
  if (before === null && after === null) return { ...nothing, untold: [title] };
  if (before === after) return nothing;
  if (before === null || after === null) {
    const side = before === null ? sideNames.before : sideNames.after;
    return { ...nothing, unknowns: [{ id, title, why: `${side} could not tell` }] };
  }
  const change = { id, what: 'changed' as const, title: `${title} has changed` };
  return { ...nothing, changes: [{ ...change, before, after, severity }] };
}

/** A truth as it is shown. */
export function saidOf(value: boolean | null): string | null {
  return value === null ? null : value ? 'yes' : 'no';
}

/** `16.0 GB`: the same as before where it differs by less than `tolerance`, a share of it. */
export function sizeBeside(
  bytes: number | null,
  other: number | null,
  tolerance: number,
): string | null {
  if (bytes === null) return null;
  const isClose = other !== null && Math.abs(bytes - other) <= other * tolerance;
  return sizeText(isClose ? other : bytes);
}

/** In powers of 1000, as disks are sold. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(2)} ${units[power]}`;
}
