import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { carryOut } from '../../src/commands/acting/carry-out.ts';
import { prepareDeed } from '../../src/commands/acting/prepare-deed.ts';
import type { ActGround } from '../../src/commands/acting/prepared.ts';
import { bind } from '../../src/kinds/bind.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import type { Service } from '../../src/model/inventory.ts';
import type { Acted } from '../../src/model/plan.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { inventoryOf } from '../inventory/read.ts';
import { recordedEvents } from '../kinds/k8s/ask.ts';
import { kubeContext } from '../support/kube-config.ts';
import { type KubeServer, startKubeServer } from '../support/kube-server.ts';
import { wished } from '../support/wishes.ts';

let server: KubeServer;
let stateFolder: string;
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-rollout-'));
});
afterEach(async () => {
  await server.stop();
  await rm(stateFolder, { recursive: true });
});

/** Restarts redis as `joelclaw restart redis --yes --timeout` does; `onLook` is told of each look. */
async function restart(onLook: () => void, verifyMs: number): Promise<Acted> {
  const network = bind(
    inventoryOf(`version: 1
name: rollout
hosts: [{name: here, access: local, hostname: ${hostname()}}]
clusters:
  - {name: joelclaw, host: here, kubeconfig: ${server.kubeconfig}, context: ${kubeContext}, namespaces: [joelclaw]}
services:
  - {name: redis, host: here, manager: {kind: k8s, cluster: joelclaw, workload: statefulset/redis}}
`),
  );
  const transports = createLiveTransports();
  const known = { secrets: [], identity: '', rootPath: null, badge: null };
  const ground: ActGround = {
    open: { network, transports, stateFolder, ...known },
    ...{ actor: 'a test', force: false, verifyMs, signal: new AbortController().signal },
    ...{ warn: () => {}, onStep: () => {}, onLook },
  };
  try {
    const [service] = network.inventory.services;
    const prepared = await prepareDeed(wished(service as Service), emptyNetworkState, ground);
    return await carryOut(prepared, ground);
  } finally {
    await transports.close();
  }
}

test('a rollout as a real API server recorded it is seen to its end', async () => {
  server = await startKubeServer({ patches: true });
  const events = [...recordedEvents('watch-rollout-restart')];
  const { outcome, receipt } = await restart(() => {
    const event = events.shift();
    if (!event) return;
    if (event.type === 'DELETED') server.store.remove('pods', event.object);
    else server.store.put('pods', event.object);
  }, 60_000);
  expect(server.patches()).toHaveLength(1);
  expect({ outcome, note: receipt?.note }).toEqual({ outcome: 'done', note: '' });
  expect(receipt).toMatchObject({ verified: true, isNew: true, stableSamples: 2 });
  expect(receipt?.before.revision).not.toBe(receipt?.after.revision);
});

test('a rollout that does not begin is no restart', async () => {
  server = await startKubeServer({ patches: true });
  const { outcome, receipt } = await restart(() => {}, 1500);
  expect(outcome).toBe('failed');
  expect(receipt?.note).toBe('not well in time: it is still the one of before');
});

test('who may not patch is told what is missing, and nothing is waited for', async () => {
  server = await startKubeServer({ patches: 'forbidden' });
  const { outcome, steps, receipt } = await restart(() => {}, 60_000);
  // What was there before is there still.
  const mark = { pid: null, revision: expect.stringMatching(/^redis-0@/) };
  expect({ outcome, receipt }).toMatchObject({
    outcome: 'failed',
    receipt: { verified: false, isNew: false, before: mark, after: mark },
  });
  expect(steps[0]).toMatchObject({
    ...{ state: 'failed', said: 'we may not patch statefulsets in namespace joelclaw' },
    hint: expect.stringContaining('a role with patch on statefulsets'),
  });
});
