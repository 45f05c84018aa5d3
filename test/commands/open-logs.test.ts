import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogs } from '../../src/commands/acting/open-logs.ts';
import type { BoundCheck } from '../../src/kinds/contract.ts';
import type { Network } from '../../src/model/check.ts';
import type { Service } from '../../src/model/inventory.ts';
import { benchOf, startMs } from '../lab/sample.ts';

let ending: AbortController;
beforeEach(() => {
  ending = new AbortController();
});
afterEach(() => ending.abort());

test('a pod is opened once, and once more when one of its name has come in its place', async () => {
  const { lab, network, clock } = benchOf('healthy');
  const redis = network.inventory.services.find(({ id }) => id === 'panda/redis') as Service;
  const known = { secrets: [], identity: '', rootPath: null, badge: null, stateFolder: '' };
  const warned: string[] = [];
  const asked = {
    ...{ wanted: { lines: 5, sinceMs: null }, signal: ending.signal },
    warn: (line: string) => {
      warned.push(line);
    },
  };
  const open = { network, transports: lab.transports, ...known };
  const logs = await clock.until(openLogs({ services: [redis], functions: [] }, open, asked));
  const [first] = logs.logs;
  if (!first) throw new Error('it has a pod');
  expect(first).toMatchObject({ service: 'panda/redis', endsWhenGone: true });
  expect(await clock.until(logs.renew())).toEqual([]);
  logs.forget(first);
  const again = await clock.until(logs.renew());
  expect(again.map(({ from }) => from)).toEqual([first.from]);
  expect(again[0]).not.toBe(first);
  expect(logs.all()).toEqual([first, ...again]);
  expect(warned).toEqual([]);
});

test('a pod that has come since is corrected by the clock of its host, as the first one was', async () => {
  const { lab, network, clock } = benchOf('healthy');
  const timesBy = async (skewSeconds: number): Promise<readonly (readonly number[])[]> => {
    const behind = behindSsh(network, skewSeconds);
    const known = { secrets: [], identity: '', rootPath: null, badge: null, stateFolder: '' };
    const open = { network: behind, transports: lab.transports, ...known };
    const redis = behind.inventory.services.find(({ id }) => id === 'panda/redis') as Service;
    const wanted = { lines: 3, sinceMs: null };
    const asked = { wanted, signal: ending.signal, warn: () => {} };
    const chosen = { services: [redis], functions: [] };
    const logs = await clock.until(openLogs(chosen, open, asked));
    for (const log of logs.logs) logs.forget(log);
    const again = await clock.until(logs.renew());
    const read = [...logs.logs, ...again].map((log) => clock.until(log.read()));
    return (await Promise.all(read)).map(({ lines }) =>
      lines.slice(-3).map(({ atMs }) => atMs ?? 0),
    );
  };
  const [right, ahead] = [await timesBy(0), await timesBy(30)];
  expect(right).toHaveLength(2);
  expect(ahead).toEqual(right.map((times) => times.map((ms) => ms - 30_000)));
});

/** Its first host as one that is reached by ssh, and whose clock is so far ahead. */
function behindSsh(network: Network<BoundCheck>, skewSeconds: number): Network<BoundCheck> {
  const hosts = network.inventory.hosts.map((host) =>
    host.name === 'panda' ? ({ ...host, access: 'ssh' } as const) : host,
  );
  const checks = network.checks.map((one): BoundCheck => {
    if (one.kind !== 'host' || one.host !== 'panda') return one;
    const verdict = { state: 'up', note: '' } as const;
    const result = {
      verdict,
      facts: { clockSkewSeconds: skewSeconds },
      parts: [],
      fault: null,
      latencyMs: 1,
    };
    const at = new Date(startMs).toISOString();
    return { ...one, run: async () => ({ ...result, check: one.id, at }) };
  });
  return { ...network, checks, inventory: { ...network.inventory, hosts } };
}
