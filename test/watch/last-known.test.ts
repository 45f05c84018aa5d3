import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Network } from '../../src/model/check.ts';
import { emptyNetworkState, type NetworkState } from '../../src/model/health.ts';
import { readLastKnown, writeLastKnown } from '../../src/watch/last-known.ts';
import { check } from '../../src/watch/sample.ts';
import { benchOf } from '../lab/sample.ts';

let network: Network;
let state: NetworkState;

beforeAll(async () => {
  const bench = benchOf('worker-crash-loop');
  const { signal } = new AbortController();
  const options = { previous: emptyNetworkState, signal };
  network = bench.network;
  state = await bench.clock.until(check(bench.network, bench.lab.transports, options));
});

describe('the last known state', () => {
  test('reads back what was written', () => {
    expect(readLastKnown(writeLastKnown(state), network)).toEqual(state);
  });

  test.each([
    ['an empty file', ''],
    ['a file cut in half', '{"schema":"joelclaw.state/v1","at":"2026-'],
    ['a list', '[]'],
    [
      'another schema',
      '{"schema":"joelclaw.state/v9","at":"2026-02-18T09:00:00Z","health":{},"transitions":[]}',
    ],
    ['no time', '{"schema":"joelclaw.state/v1","at":"soon","health":{},"transitions":[]}'],
    ['binary', '\u0000\u0001\u0002'],
  ])('%s is no state', (_title, text) => {
    expect(readLastKnown(text, network)).toBeNull();
  });

  test('leaves out damaged entries and keeps the others', () => {
    const damaged = {
      ...state,
      health: { ...state.health, 'panda/redis/redis': { state: 'fine' } },
    };
    const read = readLastKnown(writeLastKnown(damaged as unknown as NetworkState), network);
    expect(read?.health['panda/redis/redis']).toBeUndefined();
    expect(read?.health['panda/worker/http']).toEqual(state.health['panda/worker/http']);
  });

  test('forgets checks that the network no longer has', () => {
    const fewer = { ...network, checks: network.checks.filter(({ kind }) => kind !== 'redis') };
    expect(Object.keys(readLastKnown(writeLastKnown(state), fewer)?.health ?? {})).not.toContain(
      'panda/redis/redis',
    );
  });

  test('never throws, whatever a byte of the file has become', () => {
    const text = writeLastKnown(state);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), (at, bytes) => {
        const read = readLastKnown(text.slice(0, at) + bytes + text.slice(at + 1), network);
        expect(read === null || typeof read.health === 'object').toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
