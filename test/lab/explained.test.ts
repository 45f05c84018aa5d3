import { describe, expect, it } from 'vitest';
import { explain } from '../../src/model/explain.ts';
import { foldRound } from '../../src/model/fold-round.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import type { Report } from '../../src/model/report.ts';
import { benchOf, sample } from './sample.ts';

async function reportOf(scenario: string): Promise<Report> {
  const bench = benchOf(scenario);
  const { network, clock } = bench;
  const results = await sample(bench);
  const round = network.checks.flatMap((check) => {
    const result = results.get(check.id);
    return result ? [{ result, policy: { ...check, waitMs: check.intervalMs } }] : [];
  });
  return explain(network, foldRound(emptyNetworkState, round), clock.now());
}

function statesOf({ nodes, services }: Report): Readonly<Record<string, string>> {
  const named = [
    ...nodes.map(({ name, state }) => [name, state] as const),
    ...services.map(({ id, state }) => [id, state] as const),
  ];
  return Object.fromEntries(named.filter(([, state]) => state !== 'up'));
}

const idle = { 'panda/adr-sync': 'idle' };

describe('a lab sample, explained', () => {
  it('of healthy shows what the services count or are', async () => {
    const report = await reportOf('healthy');
    expect(statesOf(report)).toEqual(idle);
    expect(report.summary).toMatchObject({ state: 'up', up: 13, idle: 1, unknown: 0 });
    const notes = report.services.map(({ name, note }) => [name, note]);
    expect(Object.fromEntries(notes)).toMatchObject({
      worker: '14 functions',
      caddy: 'TLS proxy',
      'vault-sync': 'FSEvents watcher',
      'adr-sync': 'WatchPaths watcher',
      'pdf-brain': '700 docs',
    });
  });

  it('of a crashed worker is down as a whole, as the worker is critical', async () => {
    const report = await reportOf('worker-crash-loop');
    expect(report.summary.state).toBe('down');
    expect(statesOf(report)).toEqual({
      ...idle,
      panda: 'degraded',
      'panda/worker': 'down',
    });
  });

  it('of a dead clanker-001 suppresses pdf-brain', async () => {
    expect(statesOf(await reportOf('clanker-down'))).toEqual({
      ...idle,
      'clanker-001': 'down',
      'clanker-001/pdf-brain': 'suppressed',
    });
  });

  it('of a dead clanker-001 names its peer as the first broken layer', async () => {
    const { nodes, services, summary } = await reportOf('clanker-down');
    const because = 'panda/tailscale#clanker-001';
    const [, clanker] = nodes;
    expect(summary).toMatchObject({ state: 'down', down: 1, suppressed: 1 });
    expect(clanker).toMatchObject({ state: 'down', because, link: { state: 'offline' } });
    expect(clanker?.checks.map(({ id, state }) => [id, state])).toEqual([
      ['clanker-001/host', 'suppressed'],
      [because, 'down'],
    ]);
    expect(services.find(({ name }) => name === 'pdf-brain')).toMatchObject({ because });
  });

  it('of functions that are missing is degraded, though every host and service is well', async () => {
    const report = await reportOf('functions-missing');
    expect(statesOf(report)).toEqual(idle);
    expect(report.summary).toMatchObject({ state: 'degraded', degraded: 0, up: 13 });
    const missing = ['discovery-capture', 'agent-loop-retro'];
    expect(report.functions).toMatchObject({
      state: 'degraded',
      registered: 12,
      served: 14,
      missing,
    });
    const lost = report.functions.items.filter(({ state }) => state === 'down');
    expect(lost.map(({ name }) => name)).toEqual(missing.toReversed());
  });

  it('of a crashed worker has its functions suppressed by its unit, the first broken layer', async () => {
    const { functions } = await reportOf('worker-crash-loop');
    const because = 'panda/worker/launchd';
    expect(functions).toMatchObject({ state: 'suppressed', registered: 14, served: null });
    expect(functions.apps[0]).toMatchObject({ connected: false, error: 'unreachable', because });
    expect(functions.items.every((one) => one.because === because)).toBe(true);
  });

  it('of healthy knows the ways over the tailnet', async () => {
    const { nodes } = await reportOf('healthy');
    expect(nodes.map(({ name, link }) => [name, link])).toEqual([
      ['panda', null],
      ['clanker-001', { state: 'direct', via: null, keyExpiry: '2026-06-19T09:00:00Z' }],
      ['three-body', { state: 'relayed', via: 'sea', keyExpiry: null }],
      ['joelclaw-controlplane-1', null],
    ]);
  });

  it('of everything down suppresses what another explains', async () => {
    const report = await reportOf('everything-down');
    expect(statesOf(report)).toEqual({
      panda: 'degraded',
      'clanker-001': 'down',
      'three-body': 'down',
      'panda/inngest': 'down',
      'panda/qdrant': 'down',
      'panda/redis': 'down',
      'panda/worker': 'suppressed',
      'panda/caddy': 'down',
      'panda/vault-sync': 'down',
      'panda/adr-sync': 'down',
      'clanker-001/pdf-brain': 'suppressed',
    });
  });

  it('of a node without disk space is its host degraded, and one pod without a place', async () => {
    const report = await reportOf('node-pressure');
    expect(statesOf(report)).toEqual({
      ...idle,
      panda: 'degraded',
      'joelclaw-controlplane-1': 'degraded',
      'panda/qdrant': 'down',
    });
    // The node is told, and does not count.
    expect(report.summary).toMatchObject({ state: 'degraded', up: 11, degraded: 1, down: 1 });
    expect(report.nodes[0]?.note).toBe('cluster:joelclaw: joelclaw-controlplane-1: DiskPressure');
    const [unit, http] = report.services.find(({ name }) => name === 'qdrant')?.checks ?? [];
    expect(unit?.note).toBe(
      'qdrant-0: unschedulable: 0/1 nodes are available: 1 node(s) had untolerated taint(s).',
    );
    expect(http).toMatchObject({ state: 'suppressed', because: 'panda/qdrant/k8s' });
  });

  it('of a cluster that cannot be asked is unknown what runs in it, while that answers', async () => {
    const report = await reportOf('kube-away');
    const because = 'panda/cluster:joelclaw';
    expect(statesOf(report)).toEqual({
      ...idle,
      'panda/inngest': 'unknown',
      'panda/qdrant': 'unknown',
      'panda/redis': 'unknown',
    });
    expect(report.summary.state).toBe('unknown');
    for (const name of ['inngest', 'qdrant', 'redis']) {
      const [unit, answer] = report.services.find((one) => one.name === name)?.checks ?? [];
      expect(unit).toMatchObject({ state: 'unknown', because });
      expect(answer).toMatchObject({ state: 'up', because: null });
    }
    const cluster = report.nodes[0]?.checks.find(({ kind }) => kind === 'cluster');
    expect(cluster).toMatchObject({ state: 'unknown', fault: { code: 'refused', side: 'prober' } });
    expect(cluster?.fault?.hint).toContain('docker port');
  });

  it('of big counts 20 services in trouble among 1,100', async () => {
    const { summary } = await reportOf('big');
    expect(summary).toMatchObject({ state: 'degraded', up: 1080, down: 18, degraded: 2 });
  });
});
