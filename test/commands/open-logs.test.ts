import { afterEach, expect, test } from 'vitest';
import { openLogs } from '../../src/commands/acting/open-logs.ts';
import type { Service } from '../../src/model/inventory.ts';
import { benchOf } from '../lab/sample.ts';

const ending = new AbortController();
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
