import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FaultError } from '../../../src/model/errors.ts';
import { type FaultCode, faultOf } from '../../../src/model/fault.ts';
import { type Bench, benchOf } from '../../lab/sample.ts';
import { labGround } from './lab-ground.ts';

const id = 'caddyfile/Caddyfile';

let bench: Bench;
let stateFolder: string;
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-silent-'));
  bench = benchOf('config-drift');
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

/** A Caddy that nobody starts anew, and that gives no answer to so many loads. */
function silent(code: FaultCode, times: number) {
  const { network } = bench;
  const { inventory } = network;
  const services = inventory.services.map((one) =>
    one.id === 'panda/caddy' ? { ...one, manager: { kind: 'none' as const } } : one,
  );
  const unmanaged = { ...bench, network: { ...network, inventory: { ...inventory, services } } };
  let left = times;
  return labGround(unmanaged, stateFolder, (transports) => ({
    ...transports,
    http: (request, options) =>
      request.url.endsWith('/load') && left-- > 0
        ? Promise.reject(new FaultError(faultOf(code, 'no answer')))
        : transports.http(request, options),
  }));
}

async function ofCaddy(ground: ReturnType<typeof silent>) {
  const items = (await ground.plan()).filter(({ item }) => item.id === id);
  return { items, after: () => ground.plan().then((all) => all.find((one) => one.item.id === id)) };
}

test('a load that gets no answer has its file put back, and the old one loaded', async () => {
  const ground = silent('timeout', 1);
  const { items, after } = await ofCaddy(ground);
  expect(await ground.apply('one', items)).toEqual([
    'rolled-back',
    `${id} rolled-back`,
    'panda/caddy failed',
  ]);
  expect((await after())?.item).toMatchObject({ verdict: 'unmanaged', action: 'write' });
});

test('one that gives no answer then either is told to need a person', async () => {
  const ground = silent('timeout', 2);
  const { items, after } = await ofCaddy(ground);
  expect((await ground.apply('one', items))[0]).toBe('stuck');
  expect((await after())?.item.verdict).toBe('unmanaged');
});

test('a Caddy that does not run has its file, and is known not to have read it', async () => {
  const ground = silent('refused', 1);
  const { items, after } = await ofCaddy(ground);
  expect(await ground.apply('one', items)).toEqual([
    'done',
    `${id} done`,
    'panda/caddy reload-needed',
  ]);
  expect((await after())?.item.verdict).toBe('in-sync');
});
