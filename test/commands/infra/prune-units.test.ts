import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appliedText } from '../../../src/model/applied.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { Transports } from '../../../src/transports/contract.ts';
import { type Bench, benchOf } from '../../lab/sample.ts';
import { labGround } from './lab-ground.ts';

const id = 'launchd/com.joel.caddy';
const target = 'gui/501/com.joel.caddy';
const path = '~/Library/LaunchAgents/com.joel.caddy.plist';
const signal = new AbortController().signal;
const options = { timeoutMs: 5000, signal };

let bench: Bench;
let stateFolder: string;
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-prune-'));
  bench = benchOf('healthy');
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

/** A network that no longer names the job of Caddy, which an apply has put there once. */
async function orphaned(change?: (transports: Transports) => Transports) {
  const { network } = bench;
  const { inventory } = network;
  const files = inventory.files.filter((file) => file.id !== id);
  const without = { ...bench, network: { ...network, inventory: { ...inventory, files } } };
  const ground = labGround(without, stateFolder, change);
  const panda = inventory.hosts.find(({ name }) => name === 'panda') ?? null;
  const { transports } = bench.lab;
  const [live] = await ground.untilDone(transports.lookAtFiles(panda, [path], options));
  const entry = {
    ...{ sha256: live?.sha256 ?? '', mode: null, at: '2026-02-18T08:00:00Z', apply: 'before' },
    ...{ unreadSince: null, place: { kind: 'launchd', host: 'panda', path }, keys: null },
    kept: null,
  };
  const text = appliedText(new Map([[id, entry]]));
  const record = { on: null, path: 'applied.json', text, mode: '0600', was: null };
  await ground.untilDone(transports.writeFile(record, options));
  const prune = (await ground.plan()).filter(({ item }) => item.id === id);
  expect(prune.map(({ item }) => item.action)).toEqual(['delete']);
  const loaded = async (): Promise<boolean> => {
    const argv = ['/bin/launchctl', 'print', target] as const;
    const on = panda as NonNullable<typeof panda>;
    return (await ground.untilDone(transports.exec({ on, argv }, options))).exitCode === 0;
  };
  return { ground, prune, loaded };
}

test('a job that was pruned is loaded again when that is taken back', async () => {
  const { ground, prune, loaded } = await orphaned();
  expect(await ground.apply('one', prune)).toEqual(['done', `${id} done`]);
  expect(await loaded()).toBe(false);
  expect(await ground.apply('two', await ground.undoing('one'))).toEqual(['done', `${id} done`]);
  expect(await loaded()).toBe(true);
});

test('one that was not loaded is not loaded then either', async () => {
  const { ground, prune, loaded } = await orphaned();
  const panda = bench.network.inventory.hosts.find(({ name }) => name === 'panda');
  if (!panda) throw new Error('there is no panda');
  const argv = ['/bin/launchctl', 'bootout', target] as const;
  await ground.untilDone(bench.lab.transports.exec({ on: panda, argv }, options));
  await ground.apply('one', prune);
  await ground.apply('two', await ground.undoing('one'));
  expect(await loaded()).toBe(false);
});

test('a job whose file could not be taken away runs on', async () => {
  const { ground, prune, loaded } = await orphaned((transports) => ({
    ...transports,
    writeFile: (request, more) =>
      request.text === null
        ? Promise.reject(new FaultError(faultOf('forbidden', 'read-only file system')))
        : transports.writeFile(request, more),
  }));
  expect(await ground.apply('one', prune)).toEqual(['failed', `${id} failed`]);
  expect(ground.ran).toContain(`/bin/launchctl bootout ${target}`);
  expect(await loaded()).toBe(true);
});

test('one that was killed after its job was ended and before its file went has it loaded again', async () => {
  const { ground, prune, loaded } = await orphaned((transports) => ({
    ...transports,
    writeFile: (request, more) =>
      request.text === null
        ? Promise.reject(new Error('killed'))
        : transports.writeFile(request, more),
  }));
  await expect(ground.apply('one', prune)).rejects.toThrow('killed');
  expect(await loaded()).toBe(false);
  await ground.apply('two', await ground.undoing('one'));
  expect(await loaded()).toBe(true);
});
