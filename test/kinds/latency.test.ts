import { expect, it } from 'vitest';
import { bind } from '../../src/kinds/bind.ts';
import { maxProcesses } from '../../src/transports/exec.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { inventoryOf } from '../inventory/read.ts';

const lastsMs = 400;

it('a check that waited for a slot of ours is not the slower for it', async () => {
  const checks = Array.from(
    { length: 2 * maxProcesses },
    (_, index) =>
      `{kind: command, name: c${index}, argv: [sleep, "${lastsMs / 1000}"], timeout: 30s}`,
  );
  const network = bind(
    inventoryOf(`version: 1
name: queue
hosts: [{name: here}]
services: [{name: slow, host: here, checks: [${checks.join(', ')}]}]
`),
    { secrets: [] },
  );
  const transports = createLiveTransports();
  const { signal } = new AbortController();
  const startedMs = performance.now();
  const results = await Promise.all(
    network.checks
      .filter(({ kind }) => kind === 'command')
      .map((check) => check.run({ transports, signal, previous: null })),
  );
  const tookMs = performance.now() - startedMs;
  await transports.close();
  expect(results.map(({ fault }) => fault)).toEqual(results.map(() => null));
  const latencies = results.map(({ latencyMs }) => latencyMs ?? 0);
  expect(tookMs).toBeGreaterThan(2 * lastsMs);
  // Two after one another are within the whole time; none holds the time of both.
  expect(Math.max(...latencies)).toBeLessThan(tookMs - lastsMs / 2);
});
