import type { Verdict } from '../../model/result.ts';
import type { HostFacts, UnseenDisk } from './facts.ts';
import { arrayTrouble, arrayWork } from './mdstat.ts';
import { raisedId } from './raised.ts';

/** A machine that answers is degraded by each trouble, all of them named; its system when it has none. */
export function judgeHost(facts: HostFacts): Verdict {
  const raised = (id: string, words: string): readonly string[] =>
    facts.raised.includes(id) ? [words] : [];
  const troubles = [
    ...facts.disks.flatMap(({ mount }) =>
      raised(raisedId.disk(mount), `disk ${mount} is nearly full`),
    ),
    ...facts.unseenDisks.map(unseenTrouble),
    ...pressureTroubles(facts),
    ...raised(raisedId.stalled, 'programs wait for memory'),
    ...raised(raisedId.scarce, 'little memory is available'),
    ...arrayTroubles(facts),
    ...raised(raisedId.clock, clockTrouble(facts)),
  ];
  if (troubles.length > 0) return { state: 'degraded', note: troubles.join('; ') };
  const work = (facts.arrays ?? []).map(arrayWork).filter((words) => words !== null);
  return { state: 'up', note: [facts.os, ...work].join('; ') };
}

/** By an order, as a note holds no number that moves by itself. */
function clockTrouble({ clockSkewSeconds }: HostFacts): string {
  const seconds = Math.abs(clockSkewSeconds ?? 0);
  const [, order] = orders.find(([least]) => seconds >= least) ?? [];
  if (order === undefined) return 'its clock is off: does anything set it there (NTP)?';
  const where = (clockSkewSeconds ?? 0) > 0 ? 'ahead' : 'behind';
  return `its clock is ${order} ${where}: does anything set it there (NTP)?`;
}

const orders: readonly (readonly [number, string])[] = [
  [86_400, 'days'],
  [3600, 'hours'],
  [60, 'minutes'],
  [2, 'seconds'],
];

function unseenTrouble({ mount, why, liesOn }: UnseenDisk): string {
  if (liesOn === undefined) return `disk ${mount} ${why}`;
  return `nothing is mounted at ${mount} (its folder lies on ${liesOn}): mount it, or declare ${liesOn} instead`;
}

function pressureTroubles({ memory: { pressure } }: HostFacts): readonly string[] {
  const isHigh = pressure === 'warn' || pressure === 'critical';
  return isHigh ? [`memory pressure is ${pressure}`] : [];
}

function arrayTroubles({ arrays }: HostFacts): readonly string[] {
  if (arrays === null) return ['/proc/mdstat is not understood'];
  return arrays.map(arrayTrouble).filter((words) => words !== null);
}
