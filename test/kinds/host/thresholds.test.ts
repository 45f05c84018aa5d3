import { describe, expect, it } from 'vitest';
import type { Previous } from '../../../src/kinds/contract.ts';
import { type Skew, skewOf } from '../../../src/kinds/host/clock-skew.ts';
import type { HostFacts, UnseenDisk } from '../../../src/kinds/host/facts.ts';
import { judgeHost } from '../../../src/kinds/host/judge.ts';
import { raisedOf } from '../../../src/kinds/host/raised.ts';
import type { JsonObject } from '../../../src/model/json.ts';

interface Sight {
  readonly disks?: Readonly<Record<string, number>>;
  readonly unseen?: readonly UnseenDisk[];
  readonly available?: number;
  readonly stalled?: number;
  readonly pressure?: 'normal' | 'warn' | 'critical' | null;
  readonly skew?: Skew | null;
}

/** A machine of 1000 bytes of everything, as the last sample has left it. */
function seen(sight: Sight, previous: Previous | null = null): Previous {
  const { disks = {}, unseen = [], available = 0.5, stalled = 0, skew = null } = sight;
  const machine = {
    os: 'Linux',
    model: null,
    cpus: 1,
    load1: 0,
    uptimeSeconds: 1,
    arrays: [],
    memory: {
      usedBytes: 0,
      availableBytes: available * 1000,
      totalBytes: 1000,
      pressure: sight.pressure ?? null,
      stalledPercent: stalled,
      swapUsedBytes: 0,
    },
    disks: Object.entries(disks).map(([mount, ratio]) => {
      const usedBytes = ratio * 1000;
      return { mount, usedBytes, availableBytes: 1000 - usedBytes, sizeBytes: 1000 };
    }),
    unseenDisks: unseen,
  };
  const raised = raisedOf(machine, skew, previous);
  const facts: HostFacts = { ...machine, clockSkewSeconds: skew?.leastSeconds ?? null, raised };
  return { ...judgeHost(facts), facts: facts as unknown as JsonObject };
}

/** Sample after sample. */
function statesOf(sights: readonly Sight[]): readonly string[] {
  const states: string[] = [];
  let last: Previous | null = null;
  for (const sight of sights) {
    last = seen(sight, last);
    states.push(last.state);
  }
  return states;
}

describe('room on a machine', () => {
  it.each([
    [[0.89], 'up'],
    [[0.9], 'degraded'],
    [[0.95, 0.89], 'degraded'],
    [[0.95, 0.86, 0.85], 'degraded'],
    [[0.95, 0.84], 'up'],
    [[0.95, 0.84, 0.89], 'up'],
    [[0.89, 0.89], 'up'],
  ])('on a disk that is %j full, sample after sample, ends %s', (ratios, expected) => {
    expect(statesOf(ratios.map((ratio) => ({ disks: { '/': ratio } }))).at(-1)).toBe(expected);
  });

  it('on one disk is not judged by the trouble of another, nor by that of a longer name', () => {
    const before = seen({ disks: { '/': 0.95, '/data/more': 0.95, '/data': 0.87 } });
    expect(seen({ disks: { '/': 0.5, '/data': 0.87 } }, before).state).toBe('up');
  });

  it('names every trouble, so that each is held by its own threshold', () => {
    const before = seen({ disks: { '/': 0.95, '/data': 0.95 }, available: 0.01 });
    expect(before.facts['raised']).toEqual(['disk:/', 'disk:/data', 'memory-scarce']);
    expect(before.note).toBe(
      'disk / is nearly full; disk /data is nearly full; little memory is available',
    );
    expect(seen({ disks: { '/': 0.5, '/data': 0.87 }, available: 0.07 }, before).note).toBe(
      'disk /data is nearly full; little memory is available',
    );
  });

  it('is not forgotten while its disk cannot be seen', () => {
    const full = seen({ disks: { '/data': 0.95 } });
    const hung = seen({ unseen: [{ mount: '/data', why: 'does not answer' }] }, full);
    expect(hung.note).toBe('disk /data does not answer');
    expect(seen({ disks: { '/data': 0.87 } }, hung).note).toBe('disk /data is nearly full');
  });

  it('that programs wait for is raised at 10 % and cleared below 5 %', () => {
    const states = statesOf([9.9, 10, 5, 4.9, 9.9].map((stalled) => ({ stalled })));
    expect(states).toEqual(['up', 'degraded', 'degraded', 'up', 'up']);
  });

  it('in memory is raised below 5 % and cleared above 8 %', () => {
    const states = statesOf([0.06, 0.04, 0.06, 0.09, 0.06].map((available) => ({ available })));
    expect(states).toEqual(['up', 'degraded', 'degraded', 'up', 'up']);
  });

  it('in memory is told by the system where it has a word for it', () => {
    expect(seen({ available: 0.01, pressure: 'normal' }).state).toBe('up');
    expect(seen({ pressure: 'critical' }).note).toBe('memory pressure is critical');
  });

  it('that is scarce names the disk, not how full it is', () => {
    expect(seen({ disks: { '/': 0.5, '/data': 0.934 } }).note).toBe('disk /data is nearly full');
  });

  it('on a disk without size is no trouble', () => {
    const { facts } = seen({});
    const empty = { mount: '/', usedBytes: 0, availableBytes: 0, sizeBytes: 0 };
    const machine = { ...(facts as unknown as HostFacts), disks: [empty] };
    expect(raisedOf(machine, null, null)).toEqual([]);
  });

  it.each([undefined, null, 'disk:/', 7, { 0: 'disk:/' }, [1, null]])(
    'is judged afresh after a sample that remembers %j',
    (raised) => {
      const facts = (raised === undefined ? {} : { raised }) as JsonObject;
      const before: Previous = { state: 'up', note: 'disk / is nearly full', facts };
      expect(seen({ disks: { '/': 0.87 } }, before).state).toBe('up');
    },
  );
});

describe('a clock', () => {
  const nowSeconds = 1_771_405_200;
  /** A machine whose clock is ahead by so much, asked in the middle of a round trip. */
  const askedOver = (aheadSeconds: number, roundTripSeconds: number): Skew | null => {
    const at = nowSeconds + 0.4;
    const instant = (seconds: number) => ({ wallMs: seconds * 1000, monotonicMs: seconds * 1000 });
    const shown = Math.floor(at + aheadSeconds);
    return skewOf(shown, instant(at - roundTripSeconds / 2), instant(at + roundTripSeconds / 2));
  };

  it.each([
    [0, 0.02, 0],
    [0, 30, 0],
    [0.9, 0.2, 0],
    [7, 0.2, 6],
    [-7, 0.2, -6],
    [3600, 0.2, 3599],
    [-3600, 0.2, -3599],
    [7, 4, 4],
    [7, 30, 0],
  ])(
    'that is %d s ahead, seen over a round trip of %d s, is ahead by %d s at least',
    (ahead, trip, least) => {
      expect(askedOver(ahead, trip)?.leastSeconds).toBe(least);
    },
  );

  it('cannot be held against ours when that was set meanwhile', () => {
    const asked = { wallMs: 1_000_000, monotonicMs: 0 };
    expect(skewOf(1000, asked, { wallMs: 1_060_000, monotonicMs: 200 })).toBeNull();
    expect(skewOf(1000, asked, { wallMs: 940_000, monotonicMs: 200 })).toBeNull();
  });

  const sight = (ahead: number, trip = 0.2): Sight => ({ skew: askedOver(ahead, trip) });

  it('is off from 5 s and well again below 2 s', () => {
    const states = statesOf([4, 8, 4, 3.5, 1, 4, -8].map((ahead) => sight(ahead)));
    expect(states).toEqual(['up', 'degraded', 'degraded', 'degraded', 'up', 'up', 'degraded']);
    expect(seen(sight(8)).note).toBe(
      'its clock is seconds ahead: does anything set it there (NTP)?',
    );
    expect(seen(sight(8)).facts['raised']).toEqual(['clock']);
  });

  it('is neither raised nor cleared by a slow round trip, nor by none', () => {
    expect(statesOf([sight(0, 60), sight(4, 60)])).toEqual(['up', 'up']);
    const states = statesOf([sight(8), sight(8, 30), { skew: null }, sight(0, 30), sight(0)]);
    expect(states).toEqual(['degraded', 'degraded', 'degraded', 'degraded', 'up']);
  });
});
