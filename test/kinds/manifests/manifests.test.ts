import { describe, expect, it } from 'vitest';
import { bind } from '../../../src/kinds/bind.ts';
import { emptyNetworkState } from '../../../src/model/health.ts';
import { check } from '../../../src/watch/sample.ts';
import { benchOf, inventoryOf, options } from '../../lab/sample.ts';

async function driftIn(scenario: string) {
  const { lab, network, clock } = benchOf(scenario);
  const wanted = {
    ...network,
    checks: network.checks.filter(({ id }) => id === 'panda/manifests:joelclaw'),
  };
  const { signal } = options;
  const state = await clock.until(
    check(wanted, lab.transports, { previous: emptyNetworkState, signal }),
  );
  const health = state.health['panda/manifests:joelclaw'];
  return { state: health?.state, note: health?.note, facts: health?.facts };
}

describe('the manifests of a cluster', () => {
  it('are compared by what it would make of them', async () => {
    expect(await driftIn('healthy')).toMatchObject({
      state: 'up',
      facts: { files: [{ id: 'k8s/redis', verdict: 'in-sync', note: '', change: null }] },
    });
    expect(await driftIn('config-drift')).toMatchObject({
      state: 'up',
      facts: { files: [{ id: 'k8s/redis', verdict: 'drift', change: { added: 1, removed: 1 } }] },
    });
  });

  it('are unknown, all of them, where the cluster cannot be asked', async () => {
    const { state, note } = await driftIn('kube-away');
    expect(state).toBe('unknown');
    expect(note).not.toBe('');
  });

  it('are one check for each cluster that files go to, below the cluster itself', () => {
    const inventory = inventoryOf(benchOf('healthy').lab);
    const made = (files: typeof inventory.files) =>
      bind({ ...inventory, files }).checks.filter(({ kind }) => kind === 'manifests');
    expect(made(inventory.files)).toMatchObject([
      {
        id: 'panda/manifests:joelclaw',
        intervalMs: 60_000,
        parents: [{ check: 'panda/cluster:joelclaw', through: true }],
      },
    ]);
    expect(made(inventory.files.filter(({ kind }) => kind !== 'k8s'))).toEqual([]);
  });
});
