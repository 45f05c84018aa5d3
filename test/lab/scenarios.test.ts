import { describe, expect, it } from 'vitest';
import { createLab, labScenarios } from '../../src/lab/index.ts';
import { createVirtualClock } from '../../src/lab/virtual-clock.ts';
import { UserError } from '../../src/model/errors.ts';
import { benchOf, sample, troublesOf } from './sample.ts';

const gibibyte = 1024 ** 3;

describe('lab scenarios', () => {
  it('are twelve, each with a line about it', () => {
    expect(labScenarios.map(({ name }) => name)).toEqual([
      'healthy',
      'worker-crash-loop',
      'clanker-down',
      'clanker-key-changed',
      'redis-evicting',
      'functions-missing',
      'cron-silent',
      'config-drift',
      'node-pressure',
      'kube-away',
      'everything-down',
      'big',
    ]);
    for (const { summary } of labScenarios) expect(summary.length).toBeGreaterThan(10);
  });

  it('refuse a name that they do not know and name those that they do', () => {
    const clock = createVirtualClock(0);
    try {
      createLab('on-fire', { clock });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect(error).toMatchObject({ exitCode: 64, hint: expect.stringContaining('clanker-down') });
    }
  });
});

describe('healthy', () => {
  it('has every check well', async () => {
    const results = await sample(benchOf('healthy'));
    expect(troublesOf(results)).toEqual([]);
    expect([...results.keys()]).toEqual([
      'panda/host',
      'panda/tailscale',
      'panda/cluster:joelclaw',
      'panda/functions:inngest',
      'panda/files',
      'panda/manifests:joelclaw',
      'panda/inngest/k8s',
      'panda/inngest/http',
      'panda/qdrant/k8s',
      'panda/qdrant/http',
      'panda/redis/k8s',
      'panda/redis/redis',
      'panda/worker/launchd',
      'panda/worker/http',
      'panda/caddy/launchd',
      'panda/caddy/tls',
      'panda/caddy/http',
      'panda/vault-sync/launchd',
      'panda/adr-sync/launchd',
      'panda/colima/command',
      'panda/docker/command',
      'panda/talos/command',
      'clanker-001/host',
      'clanker-001/files',
      'clanker-001/pdf-brain/http',
      'three-body/host',
    ]);
  });

  it('shows the Mac as the issue does: 2.1 of 64 GB memory, 15 of 926 GB disk', async () => {
    const { facts } = (await sample(benchOf('healthy'))).get('panda/host') ?? {};
    expect(facts).toMatchObject({ os: 'macOS 26.3', model: 'Mac16,11', cpus: 14, load1: 2.61 });
    expect(facts).toMatchObject({ uptimeSeconds: 12 * 86_400, memory: { pressure: 'normal' } });
    const { memory, disks } = facts as {
      memory: { usedBytes: number; totalBytes: number };
      disks: { usedBytes: number; sizeBytes: number }[];
    };
    expect(memory.usedBytes / gibibyte).toBeCloseTo(2.1, 2);
    expect(memory.totalBytes / gibibyte).toBe(64);
    expect((disks[0]?.usedBytes ?? 0) / gibibyte).toBe(15);
    expect(Math.floor((disks[0]?.sizeBytes ?? 0) / gibibyte)).toBe(926);
  });

  it('counts 14 functions and 700 docs', async () => {
    const results = await sample(benchOf('healthy'));
    expect(results.get('panda/worker/http')?.verdict.note).toBe('200, 14 functions');
    expect(results.get('clanker-001/pdf-brain/http')?.verdict.note).toBe('200, 700 docs');
  });
});

describe('worker-crash-loop', () => {
  it('refuses for 12 s and answers for 8 s, for ever, its functions whole', async () => {
    const bench = benchOf('worker-crash-loop');
    const { clock } = bench;
    const startMs = clock.now();
    const seen: string[] = [];
    for (const atMs of [0, 11_900, 12_100, 19_900, 20_100, 32_100, 3_600_100]) {
      await clock.advance(startMs + atMs - clock.now());
      const only = 'panda/worker/http';
      seen.push((await sample(bench, { only })).get(only)?.verdict.note ?? '');
    }
    const refused = 'connection refused by localhost:3111';
    const well = '200, 14 functions';
    expect(seen).toEqual([refused, refused, well, well, refused, well, refused]);
  });

  it('leaves all else alone', async () => {
    const results = await sample(benchOf('worker-crash-loop'));
    expect(troublesOf(results)).toEqual([
      'panda/functions:inngest: down, app system-bus is not connected: unreachable',
      'panda/worker/launchd: down, spawn scheduled after exit 1',
      'panda/worker/http: down, connection refused by localhost:3111',
    ]);
  });

  it('tells its start times on its page, so that they name the loop without launchd too', async () => {
    const bench = benchOf('worker-crash-loop');
    const { clock } = bench;
    const startMs = clock.now();
    const only = 'panda/worker/http';
    let previous: Awaited<ReturnType<typeof sample>> | undefined;
    const seen: unknown[] = [];
    for (const atMs of [13_000, 33_000, 53_000]) {
      await clock.advance(startMs + atMs - clock.now());
      previous = await sample(bench, { only, ...(previous ? { previous } : {}) });
      const { verdict, facts } = previous.get(only) ?? {};
      seen.push([Date.parse(String(facts?.['startedAt'])) - startMs, verdict?.note]);
    }
    expect(seen).toEqual([
      [12_000, '200, 14 functions'],
      [32_000, '200, 14 functions'],
      [52_000, 'restarts again and again'],
    ]);
    bench.lab.world.mend('localhost:3111');
    const { facts } = (await sample(bench, { only })).get(only) ?? {};
    expect(facts?.['startedAt']).toBe('2026-02-17T21:00:00.000Z');
  });

  it('has launchd count its starts in step, so that two samples name the loop while it answers', async () => {
    const bench = benchOf('worker-crash-loop');
    const { clock } = bench;
    const startMs = clock.now();
    let previous: Awaited<ReturnType<typeof sample>> | undefined;
    const seen: unknown[] = [];
    for (const atMs of [0, 15_000, 21_000, 35_000]) {
      await clock.advance(startMs + atMs - clock.now());
      previous = await sample(bench, previous ? { previous } : {});
      const { verdict, facts } = previous.get('panda/worker/launchd') ?? {};
      const answers = previous.get('panda/worker/http')?.verdict.state;
      seen.push([`${verdict?.state}, ${verdict?.note}`, facts?.['starts'], answers]);
    }
    expect(seen).toEqual([
      ['down, spawn scheduled after exit 1', 211, 'down'],
      ['degraded, restarted after exit 1', 212, 'up'],
      ['down, spawn scheduled after exit 1; restarted', 212, 'down'],
      ['degraded, crash loop, exit 1', 213, 'up'],
    ]);
  });

  it('is over when a hand mends the worker', async () => {
    const bench = benchOf('worker-crash-loop');
    const previous = await sample(bench);
    bench.lab.world.mend('localhost:3111');
    await bench.clock.advance(60_000);
    expect(troublesOf(await sample(bench, { previous }))).toEqual([]);
  });
});

describe('clanker-down', () => {
  it('answers neither ssh nor http until the deadline', async () => {
    const bench = benchOf('clanker-down');
    const beforeMs = bench.clock.now();
    const results = await sample(bench);
    expect(troublesOf(results)).toEqual([
      'clanker-001/host: down, no answer within 5 s',
      'clanker-001/files: unknown, no answer within 5 s',
      'clanker-001/pdf-brain/http: down, no answer within 5 s',
    ]);
    expect(results.get('clanker-001/host')?.fault?.code).toBe('timeout');
    expect(bench.clock.now() - beforeMs).toBe(5000);
  });
});

describe('the tailnet', () => {
  const partsIn = async (scenario: string): Promise<readonly string[]> => {
    const result = (await sample(benchOf(scenario), { only: 'panda/tailscale' })).get(
      'panda/tailscale',
    );
    return (result?.parts ?? []).map(
      ({ id, verdict }) => `${id} ${verdict.state}, ${verdict.note}`,
    );
  };

  it('of healthy has one host direct and one relayed', async () => {
    expect(await partsIn('healthy')).toEqual([
      'clanker-001 up, online, direct',
      'three-body up, online, relayed by sea',
    ]);
  });

  it('of clanker-down has that peer offline', async () => {
    expect(await partsIn('clanker-down')).toEqual([
      'clanker-001 down, offline on tailscale, last seen 2026-02-18 08:50Z',
      'three-body up, online, relayed by sea',
    ]);
  });

  it('does not lose a machine of which only ssh is gone', async () => {
    const bench = benchOf('healthy');
    bench.lab.world.fail('ssh:clanker-001', 'hang');
    const results = await sample(bench);
    expect(results.get('panda/tailscale')?.parts[0]?.verdict.state).toBe('up');
  });
});

describe('the functions', () => {
  const only = 'panda/functions:inngest';
  const partsIn = async (scenario: string): Promise<readonly string[]> => {
    const { parts = [] } = (await sample(benchOf(scenario), { only })).get(only) ?? {};
    return parts
      .filter(({ verdict }) => verdict.state !== 'up')
      .map(({ id, verdict }) => `${id} ${verdict.state}, ${verdict.note}`);
  };

  it('of healthy are 14, registered and served, for hours', async () => {
    const bench = benchOf('healthy');
    const first = await sample(bench, { only });
    expect(first.get(only)?.facts).toMatchObject({ registered: 14, served: 14, expected: 14 });
    expect(first.get(only)?.parts).toHaveLength(14);
    await bench.clock.advance(7 * 3_600_000);
    const later = await sample(bench, { only, previous: first });
    expect(troublesOf(later)).toEqual([]);
    expect(troublesOf(await sample(bench, { previous: later }))).toEqual([]);
  });

  it('of functions-missing lack two', async () => {
    const nothing = 'down, not registered: nothing starts it';
    expect(await partsIn('functions-missing')).toEqual([
      `system-bus-discovery-capture ${nothing}`,
      `system-bus-agent-loop-retro ${nothing}`,
    ]);
    expect(troublesOf(await sample(benchOf('functions-missing')))).toEqual([
      `${only}: degraded, not registered: discovery-capture, agent-loop-retro; the worker serves 14, 12 are registered`,
    ]);
  });

  it('of cron-silent have one that nothing starts any more', async () => {
    expect(await partsIn('cron-silent')).toEqual([
      'system-bus-content-sync degraded, its cron is overdue: no completed run since 2026-02-18 04:00Z',
    ]);
  });
});

describe('redis-evicting', () => {
  it('is degraded for its memory at first and for its evictions from then on', async () => {
    const bench = benchOf('redis-evicting');
    const first = await sample(bench);
    await bench.clock.advance(5000);
    const second = await sample(bench, { previous: first });
    expect(troublesOf(first)).toEqual(['panda/redis/redis: degraded, memory is near maxmemory']);
    expect(troublesOf(second)).toEqual([
      'panda/redis/redis: degraded, keys are being evicted (allkeys-lru): queued work may be lost; memory is near maxmemory',
    ]);
  });
});

describe('everything-down', () => {
  it('leaves nothing but the machine that asks and its VM', async () => {
    const results = await sample(benchOf('everything-down'));
    const down = [...results.values()].filter(({ verdict }) => verdict.state === 'down');
    const stateOf = (id: string) => results.get(id)?.verdict.state;
    const inCluster = [
      'cluster:joelclaw',
      'manifests:joelclaw',
      'inngest/k8s',
      'qdrant/k8s',
      'redis/k8s',
    ];
    for (const name of inCluster) expect(stateOf(`panda/${name}`)).toBe('unknown');
    for (const name of ['colima', 'docker', 'talos']) {
      expect(stateOf(`panda/${name}/command`)).toBe('up');
    }
    expect(stateOf('panda/files')).toBe('up');
    expect(stateOf('clanker-001/files')).toBe('unknown');
    expect(down.length).toBe(results.size - 4 - inCluster.length - 3);
    expect(results.get('panda/host')?.verdict.state).toBe('up');
    expect(results.get('panda/tailscale')?.verdict.state).toBe('up');
    expect(results.get('three-body/host')?.fault?.code).toBe('timeout');
    expect(results.get('panda/caddy/tls')?.fault?.code).toBe('refused');
    const units = ['worker', 'caddy', 'vault-sync', 'adr-sync'];
    const notes = units.map((name) => results.get(`panda/${name}/launchd`)?.verdict.note);
    const plist = '~/Library/LaunchAgents/com.joel.adr-sync-watcher.plist';
    const dies = 'spawn scheduled after exit 1';
    expect(notes).toEqual([dies, dies, dies, `not loaded, though ${plist} is there`]);
  });
});
