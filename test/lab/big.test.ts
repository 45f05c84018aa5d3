import { describe, expect, it } from 'vitest';
import { benchOf, inventoryOf, sample, troublesOf } from './sample.ts';

describe('big', () => {
  it('has exactly 1,000 services on 100 hosts', () => {
    const { hosts, services } = inventoryOf(benchOf('big').lab);
    expect([hosts.length, services.length]).toEqual([100, 1000]);
    expect(hosts.every(({ access }) => access === 'ssh')).toBe(true);
  });

  it('mixes kinds', () => {
    const byKind = Map.groupBy(benchOf('big').network.checks, ({ kind }) => kind);
    const counts = [...byKind].map(([kind, checks]) => [kind, checks.length]);
    expect(Object.fromEntries(counts)).toEqual({ host: 100, http: 600, tcp: 300, redis: 100 });
  });

  it('has the same 20 services in trouble each time, of each kind', async () => {
    const [first, second] = [await sample(benchOf('big')), await sample(benchOf('big'))];
    const troubles = troublesOf(first);
    expect(troubles.length).toBe(20);
    expect(troublesOf(second)).toEqual(troubles);
    for (const sort of ['answered 503', 'connection refused', 'near maxmemory']) {
      expect(troubles.some((trouble) => trouble.includes(sort))).toBe(true);
    }
  });
});
