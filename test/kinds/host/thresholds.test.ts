import { describe, expect, it } from 'vitest';
import type { Skew } from '../../../src/kinds/host/clock-skew.ts';
import type { HostFacts } from '../../../src/kinds/host/facts.ts';
import { judgeHost } from '../../../src/kinds/host/judge.ts';
import { raisedOf } from '../../../src/kinds/host/raised.ts';
import type { JsonObject } from '../../../src/model/json.ts';

interface Seen {
  readonly disks?: Readonly<Record<string, number>>;
  readonly unseen?: readonly string[];
  readonly available?: number;
  readonly stalled?: number;
  readonly skew?: Skew | null;
}

/** A sample after another one: what is raised, and what is said of it. */
function sampleAfter(
  before: HostFacts | null,
  { disks = {}, unseen = [], available = 0.5, stalled = 0, skew = null }: Seen,
): HostFacts & { readonly said: string } {
  const seen = {
    os: 'Linux',
    model: null,
    cpus: 1,
    load1: 0,
    memory: {
      usedBytes: 0,
      availableBytes: available * 1000,
      totalBytes: 1000,
      pressure: null,
      stalledPercent: stalled,
      swapUsedBytes: 0,
    },
    uptimeSeconds: 1,
    arrays: [],
    disks: Object.entries(disks).map(([mount, ratio]) => {
      const usedBytes = ratio * 1000;
      return { mount, usedBytes, availableBytes: 1000 - usedBytes, sizeBytes: 1000 };
    }),
    unseenDisks: unseen.map((mount) => ({ mount, why: 'does not answer' })),
  };
  const previous = before && {
    state: 'up' as const,
    note: '',
    facts: before as unknown as JsonObject,
  };
  const facts = {
    ...seen,
    clockSkewSeconds: skew?.leastSeconds ?? null,
    raised: raisedOf(seen, skew, previous),
  };
  const { state, note } = judgeHost(facts);
  return { ...facts, said: `${state}: ${note}` };
}

function lastOf(samples: readonly Seen[]): string {
  let last: (HostFacts & { readonly said: string }) | null = null;
  for (const seen of samples) last = sampleAfter(last, seen);
  return last?.said ?? '';
}

const well = 'up: Linux';

describe('a disk', () => {
  it.each([
    [[0.89], well],
    [[0.9], 'degraded: disk / is nearly full'],
    [[0.95, 0.89], 'degraded: disk / is nearly full'],
    [[0.95, 0.86, 0.85], 'degraded: disk / is nearly full'],
    [[0.95, 0.84], well],
    [[0.95, 0.84, 0.89], well],
    [[0.89, 0.89], well],
  ])('that is %j full, sample after sample, ends so', (ratios, said) => {
    expect(lastOf(ratios.map((ratio) => ({ disks: { '/': ratio } })))).toBe(said);
  });

  it('is not judged by the trouble of another whose name is in its own', () => {
    const said = lastOf([
      { disks: { '/': 0.95, '/data': 0.87 } },
      { disks: { '/': 0.5, '/data': 0.87 } },
    ]);
    expect(said).toBe(well);
  });

  it('that was full and does not answer is still held to be full', () => {
    const full = { disks: { '/': 0.95 } };
    expect(lastOf([full, { unseen: ['/'] }, { disks: { '/': 0.87 } }])).toBe(
      'degraded: disk / is nearly full',
    );
  });

  it('without size is no trouble', () => {
    const facts = sampleAfter(null, {});
    const empty = { mount: '/', usedBytes: 0, availableBytes: 0, sizeBytes: 0 };
    expect(raisedOf({ ...facts, disks: [empty] }, null, null)).toEqual([]);
  });
});

describe('memory', () => {
  it.each([
    [[0.06], well],
    [[0.04], 'degraded: little memory is available'],
    [[0.01, 0.06], 'degraded: little memory is available'],
    [[0.01, 0.09], well],
  ])('of which %j is available, sample after sample, ends so', (shares, said) => {
    expect(lastOf(shares.map((available) => ({ available })))).toBe(said);
  });

  it('that programs wait for is raised at 10 % and cleared below 5 %', () => {
    const waits = 'degraded: programs wait for memory';
    const percents = [9.9, 10, 5, 4.9, 9.9];
    const said = percents.map((_, n) =>
      lastOf(percents.slice(0, n + 1).map((stalled) => ({ stalled }))),
    );
    expect(said).toEqual([well, waits, waits, well, well]);
  });
});

describe('a clock', () => {
  const skewed = (leastSeconds: number, doubtSeconds = 1): Seen => ({
    skew: { leastSeconds, doubtSeconds },
  });
  const off = 'degraded: its clock is off';
  it.each<[readonly Seen[], string]>([
    [[skewed(5)], well],
    [[skewed(6)], off],
    [[skewed(-6)], off],
    [[skewed(6), skewed(3)], off],
    [[skewed(6), skewed(1)], well],
    [[skewed(6), skewed(0, 9)], off],
    [[skewed(6), { skew: null }], off],
  ])('is off by more than five seconds until it is off by less than two: %j', (samples, said) => {
    expect(lastOf(samples)).toBe(said);
  });
});

it('every trouble of a machine is named, each held by its own threshold', () => {
  const first = { disks: { '/': 0.95, '/data': 0.95 }, available: 0.01 };
  expect(lastOf([first])).toBe(
    'degraded: disk / is nearly full; disk /data is nearly full; little memory is available',
  );
  expect(lastOf([first, { disks: { '/': 0.5, '/data': 0.87 }, available: 0.07 }])).toBe(
    'degraded: disk /data is nearly full; little memory is available',
  );
});
