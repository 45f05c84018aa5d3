import type { Previous } from '../contract.ts';
import type { Skew } from './clock-skew.ts';
import type { DiskFacts, Disks, MachineFacts } from './facts.ts';

/** Raised at the first, cleared below the second, so that a value between them changes nothing. */
const diskRatio = { raise: 0.9, clear: 0.85 };
const availableRatio = { raise: 0.05, clear: 0.08 };
const stallPercent = { raise: 10, clear: 5 };
const skewSeconds = { raise: 5, clear: 2 };
/** An answer that leaves more open than this clears nothing. */
const clearDoubtSeconds = 3;

/** The troubles that have two thresholds, by the ids under which they are remembered. */
export const raisedId = {
  disk: (mount: string) => `disk:${mount}`,
  stalled: 'memory-stalled',
  scarce: 'memory-scarce',
  clock: 'clock',
} as const;

/** What is raised now, the last sample's being held by its lower threshold. */
export function raisedOf(
  seen: MachineFacts & Disks,
  skew: Skew | null,
  previous: Previous | null,
): readonly string[] {
  const before = idsOf(previous);
  return [
    ...seen.disks.filter((disk) => isFull(disk, before)).map(({ mount }) => raisedId.disk(mount)),
    // Of what cannot be seen nothing has become better.
    ...seen.unseenDisks.map(({ mount }) => raisedId.disk(mount)).filter((id) => before.has(id)),
    ...memoryIds(seen, before),
    ...(isClockOff(skew, before.has(raisedId.clock)) ? [raisedId.clock] : []),
  ];
}

/** They come from a file that anybody may have written. */
function idsOf(previous: Previous | null): ReadonlySet<unknown> {
  const ids = previous?.facts['raised'];
  return new Set(Array.isArray(ids) ? ids : []);
}

/** As df counts: what is kept for root is neither used nor to be had. */
function isFull(
  { mount, usedBytes, availableBytes }: DiskFacts,
  before: ReadonlySet<unknown>,
): boolean {
  const limit = before.has(raisedId.disk(mount)) ? diskRatio.clear : diskRatio.raise;
  const allBytes = usedBytes + availableBytes;
  return allBytes > 0 && usedBytes / allBytes >= limit;
}

/** Where the system has a word of its own for it (macOS), that word is believed. */
function memoryIds({ memory }: MachineFacts, before: ReadonlySet<unknown>): readonly string[] {
  const { availableBytes, totalBytes, pressure, stalledPercent } = memory;
  const limitOf = (id: string, limit: { raise: number; clear: number }): number =>
    before.has(id) ? limit.clear : limit.raise;
  const { stalled, scarce } = raisedId;
  const isStalled = stalledPercent !== null && stalledPercent >= limitOf(stalled, stallPercent);
  const isScarce =
    pressure === null && availableBytes / totalBytes < limitOf(scarce, availableRatio);
  return [...(isStalled ? [stalled] : []), ...(isScarce ? [scarce] : [])];
}

/** The least skew raises, so that no slow answer does; and no slow answer clears. */
function isClockOff(skew: Skew | null, wasOff: boolean): boolean {
  if (!wasOff || skew === null) {
    return wasOff || Math.abs(skew?.leastSeconds ?? 0) > skewSeconds.raise;
  }
  const { leastSeconds, doubtSeconds } = skew;
  return Math.abs(leastSeconds) >= skewSeconds.clear || doubtSeconds > clearDoubtSeconds;
}
