import type { DriftItem } from '../model/report.ts';

/** `+3 −1`: the lines that an apply would add and remove. */
export function changeText(change: DriftItem['change']): string {
  return change === null ? '' : `+${change.added} −${change.removed}`;
}
