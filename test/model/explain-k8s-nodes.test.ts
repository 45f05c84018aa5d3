import { describe, expect, it } from 'vitest';
import { explain } from '../../src/model/explain.ts';
import { faultOf } from '../../src/model/fault.ts';
import { foldRound } from '../../src/model/fold-round.ts';
import { emptyNetworkState, type NetworkState } from '../../src/model/health.ts';
import { nodeIdOf } from '../../src/model/node-id.ts';
import type { Report } from '../../src/model/report.ts';
import type { Part, Result } from '../../src/model/result.ts';
import type { State } from '../../src/model/state.ts';
import { at, checkOf, failureOf, hostOf, inventoryOf, policy, resultOf, startMs } from './made.ts';

const vm = checkOf('panda/vm/command');
const host = checkOf('panda/host');
const cluster = checkOf('panda/cluster:home', {
  kind: 'cluster',
  name: 'cluster:home',
  parents: [{ check: vm.id, through: false }],
});
const network = {
  inventory: inventoryOf({ hosts: [hostOf('panda'), hostOf('nas')] }),
  checks: [host, vm, cluster],
};

function nodeOf(id: string, state: State): Part {
  const facts = { cluster: 'home', roles: ['control-plane'], version: 'v1.35.0' };
  const verdict = { state, note: `${id} is ${state}` };
  return { id, kind: 'k8s-node', name: id, verdict, facts };
}

/** One round: the host and the VM are well unless told, the cluster as told. */
function folded(result: Partial<Result>, more: readonly Result[] = []): NetworkState {
  const well = [host.id, vm.id].map((check) => resultOf('up', { check }));
  const verdict = { state: 'degraded', note: 'one: pressure' } as const;
  const own = resultOf('degraded', { check: cluster.id, verdict, ...result });
  const round = [...well.filter(({ check }) => !more.some((one) => one.check === check)), ...more];
  return foldRound(
    emptyNetworkState,
    [...round, own].map((one) => ({ result: one, policy })),
  );
}

function reportOf(state: NetworkState, seconds = 0): Report {
  return explain(network, state, startMs + seconds * 1000);
}

const parts = [nodeOf('one', 'degraded'), nodeOf('two', 'up')];

describe('the nodes of a cluster', () => {
  it('stand after the hosts, with the check that found them', () => {
    const { nodes } = reportOf(folded({ parts }));
    expect(nodes.map(({ kind, name, state }) => [kind, name, state])).toEqual([
      ['host', 'panda', 'degraded'],
      ['host', 'nas', 'unknown'],
      ['k8s', 'one', 'degraded'],
      ['k8s', 'two', 'up'],
    ]);
    expect(nodes[2]).toMatchObject({
      description: 'home control-plane',
      note: 'one is degraded',
      since: at(0),
      link: null,
      facts: { version: 'v1.35.0' },
      checks: [{ id: 'panda/cluster:home#one', kind: 'k8s-node', state: 'degraded' }],
    });
  });

  it('are not counted: their host is degraded by them', () => {
    const { summary, nodes } = reportOf(folded({ parts }));
    expect(summary).toMatchObject({ state: 'degraded', degraded: 1, unknown: 1, up: 0, down: 0 });
    expect(nodes[0]?.note).toBe('cluster:home: one: pressure');
  });

  it('do not take their host down with them', () => {
    const verdict = { state: 'down', note: 'no node is ready' } as const;
    const { summary, nodes } = reportOf(folded({ verdict, parts: [nodeOf('one', 'down')] }));
    expect(nodes.map(({ state }) => state)).toEqual(['degraded', 'unknown', 'down']);
    expect(summary).toMatchObject({ state: 'degraded', down: 0 });
  });

  it('are told apart from a host of the same name', () => {
    const { nodes } = reportOf(folded({ parts: [nodeOf('panda', 'up')] }));
    expect(nodes.map(nodeIdOf)).toEqual(['panda', 'nas', 'panda/cluster:home#panda']);
  });

  it('are unknown when their cluster cannot be asked any more', () => {
    const first = folded({ parts });
    const away = faultOf('refused', 'the API refuses', { side: 'prober' });
    const result = failureOf(away, {
      check: cluster.id,
      at: at(10),
      verdict: { state: 'unknown', note: 'the API refuses' },
    });
    const { nodes } = reportOf(foldRound(first, [{ result, policy }]), 10);
    expect(nodes.slice(2).map(({ state, note }) => [state, note])).toEqual([
      ['unknown', 'the API refuses'],
      ['unknown', 'the API refuses'],
    ]);
    expect(nodes[2]?.checks[0]?.fault).toEqual(away);
  });

  it('are explained by what the cluster stands on, unless they are well', () => {
    const { nodes } = reportOf(folded({ parts }, [resultOf('down', { check: vm.id })]));
    expect(nodes[2]).toMatchObject({ state: 'suppressed', because: vm.id });
    expect(nodes[3]).toMatchObject({ state: 'up', because: null });
  });

  it('are stale with their cluster', () => {
    const { nodes } = reportOf(folded({ parts }), 3600);
    expect(nodes[2]).toMatchObject({ state: 'unknown', note: expect.stringContaining('stale') });
  });

  it('are none of a network without clusters', () => {
    const checks = [host, vm];
    expect(explain({ ...network, checks }, folded({ parts }), startMs).nodes).toHaveLength(2);
  });
});
