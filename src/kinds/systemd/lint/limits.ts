import { faultAt, type TextFault } from '../../../model/text-fault.ts';
import type { UnitLine } from './read-unit.ts';

/** systemd.resource-control(5): bytes with K, M, G, T, P or E, a share, or no limit. */
const size = /^(?:infinity|\d+(?:\.\d+)?%|(?:\d+(?:\.\d+)?\s*[KMGTPEB]?\s*)+)?$/;
const memory = /^(?:(?:Default|Startup)?Memory(?:Max|High|Low|Min|SwapMax|ZSwapMax)|MemoryLimit)$/;
const count = /^(?:infinity|\d+(?:\.\d+)?%|\d+)?$/;

/** A limit that systemd does not understand is none. */
export function limitFaults({ name, value, place }: UnitLine): readonly TextFault[] {
  if (memory.test(name) && !size.test(value)) {
    return [faultAt(place, 'is no size: systemd passes it over', '512M')];
  }
  if (name === 'TasksMax' && !count.test(value)) {
    return [faultAt(place, 'is no number: systemd passes it over', '512')];
  }
  return [];
}
