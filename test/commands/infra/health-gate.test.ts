import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ActGround } from '../../../src/commands/acting/prepared.ts';
import { startAnew } from '../../../src/commands/infra/start-anew.ts';
import { benchOf } from '../../lab/sample.ts';
import { labGround } from './lab-ground.ts';

/** Good looks in a row, and the time that an apply takes to prove a service that one good look makes firm. */
async function provedBy(id: string) {
  const stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-gate-'));
  try {
    const bench = benchOf('healthy');
    const { clock, lab, network } = bench;
    const checks = network.checks.map((one) => ({ ...one, successThreshold: 1 }));
    const service = network.inventory.services.find((one) => one.id === id);
    if (!service) throw new Error(`there is no ${id}`);
    const known = { secrets: [], identity: '', rootPath: null, badge: null };
    let looks = 0;
    const act: ActGround = {
      open: { network: { ...network, checks }, transports: lab.transports, stateFolder, ...known },
      ...{ actor: 'joel@panda', force: false, verifyMs: null },
      signal: new AbortController().signal,
      warn: (line) => {
        throw new Error(line);
      },
      onStep: () => {},
      onLook: (_seen, good) => {
        looks = good;
      },
    };
    const begunMs = clock.monotonicMs();
    const { untilDone } = labGround(bench, stateFolder);
    const served = await untilDone(startAnew(service, { unitWritten: false, isNew: false }, act));
    return { state: served.state, looks, tookMs: clock.monotonicMs() - begunMs };
  } finally {
    await rm(stateFolder, { recursive: true, force: true });
  }
}

test('an apply wants three good checks of a service, whatever makes a change of it firm', async () => {
  const { state, looks } = await provedBy('panda/adr-sync');
  expect([state, looks]).toEqual(['done', 3]);
});

test('what dies soon after its minimum runtime has not come up', async () => {
  const { state, tookMs } = await provedBy('panda/caddy');
  expect(state).toBe('done');
  expect(tookMs).toBeGreaterThanOrEqual(12_000);
});
