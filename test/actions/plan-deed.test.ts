import { describe, expect, it } from 'vitest';
import { inDependencyOrder, serversOf } from '../../src/actions/blast-radius.ts';
import { type PlanGround, planDeed } from '../../src/actions/plan-deed.ts';
import type { Wish } from '../../src/actions/plan-refusals.ts';
import { explain } from '../../src/model/explain.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import type { Host, Inventory, Service } from '../../src/model/inventory.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Report } from '../../src/model/report.ts';
import { check } from '../../src/watch/sample.ts';
import { benchOf, options, startMs } from '../lab/sample.ts';

const bench = benchOf('healthy');
const { clock, lab, network } = bench;
const { inventory } = network;
const nas = inventory.hosts.find(({ ssh }) => ssh !== null)?.ssh as NonNullable<Host['ssh']>;
const { signal } = options;
const state = await clock.until(
  check(network, lab.transports, { previous: emptyNetworkState, signal }),
);
const report = explain(network, state, clock.now());

function plan(id: string, more: Partial<PlanGround & { wish: Wish }> = {}): Plan {
  const service = inventory.services.find((one) => one.id === id);
  if (!service) throw new Error(`no service ${id}`);
  const wish = { verb: 'restart', object: null } as const;
  const known = { report, nowMs: startMs, lastAttemptMs: null, hostname: 'panda', rights: null };
  const ground = { wish, ...known };
  return planDeed(network, service, { ...ground, ...more }).plan;
}

const codes = ({ refusals }: Plan): readonly string[] => refusals.map(({ code }) => code);

function withRuns(running: number): Report {
  const items = report.functions.items.map((item, index) => ({
    ...item,
    runs24h: { ...item.runs24h, running: index === 0 ? running : 0, queued: 1 },
  }));
  return { ...report, functions: { ...report.functions, items } };
}

const workerService = inventory.services.find(({ id }) => id === 'panda/worker') as Service;

/** The server elsewhere, and its worker at this URL; panda has an address too. */
function withWorker(worker: string | null): Inventory {
  const ssh = { ...nas, host: '10.0.0.7' };
  return {
    ...inventory,
    hosts: inventory.hosts.map((host) => (host.name === 'panda' ? { ...host, ssh } : host)),
    inngest: inventory.inngest.map((one) => ({ ...one, url: 'http://elsewhere:8288', worker })),
  };
}

describe('the plan of a restart', () => {
  it('names the unit, the program, and what it reaches', () => {
    expect(plan('panda/worker')).toMatchObject({
      ...{ service: 'panda/worker', manager: 'launchd', unit: 'com.joel.system-bus-worker' },
      risk: 'disruptive',
      blastRadius: { runningRuns: 0, apps: ['system-bus'], critical: true },
      steps: [{ kind: 'exec', argv: expect.arrayContaining(['kickstart', '-k']) }],
      refusals: [],
    });
  });

  it.each<[string, Partial<Service>, string | null]>([
    ['the name of its host', {}, 'http://panda:3111/api/inngest'],
    ['its name in the tailnet', {}, 'http://panda.tail7af24.ts.net:3111/api/inngest'],
    ['this machine', {}, 'http://127.0.0.1:3111/api/inngest'],
    ['its address', {}, 'http://10.0.0.7:3111/api/inngest'],
    ['the port of its check alone', { port: null }, 'http://panda:3111/api/inngest'],
  ])('knows its worker by %s', (_how, more, worker) => {
    expect(serversOf(withWorker(worker), { ...workerService, ...more })).toHaveLength(1);
  });

  it.each<[string, Partial<Service>, string | null]>([
    ['another host', {}, 'http://pandas:3111/api/inngest'],
    ['another address', {}, 'http://10.0.0.70:3111/api/inngest'],
    ['another port', {}, 'http://panda:3112/api/inngest'],
    ['nothing', { port: null, checks: [] }, 'http://panda:3111/api/inngest'],
    ['no worker', {}, null],
  ])('is of no worker that is known by %s', (_how, more, worker) => {
    expect(serversOf(withWorker(worker), { ...workerService, ...more })).toEqual([]);
  });

  it('of the Inngest server counts the runs of its apps, and who stands on it', () => {
    const { blastRadius } = plan('panda/inngest');
    expect(blastRadius.apps).toEqual(['system-bus']);
    expect(blastRadius.dependents).toContain('panda/worker');
  });

  it('is refused while runs are in flight, of the worker and of the server, unless forced', () => {
    for (const id of ['panda/worker', 'panda/inngest']) {
      const [refusal] = plan(id, { report: withRuns(2) }).refusals;
      expect(refusal).toMatchObject({ code: 'RUNNING_WORK', canForce: true });
      expect(refusal?.message).toBe('2 runs of system-bus are in flight');
    }
    expect(codes(plan('panda/redis', { report: withRuns(2) }))).toEqual([]);
    const waiting = plan('panda/worker', { report: withRuns(0) });
    expect(waiting.blastRadius).toMatchObject({ runningRuns: 0, queuedRuns: 14 });
    expect(waiting.refusals).toEqual([]);
  });

  it('is refused while what would prove it is hidden by something that is down, unless forced', () => {
    const seenBelow = (because: string) =>
      report.services.map((one) => ({
        ...one,
        checks: one.checks.map((check, index) =>
          one.id === 'panda/caddy' && index > 0
            ? ({ ...check, state: 'suppressed', note: 'panda/inngest is down', because } as const)
            : check,
        ),
      }));
    const below = { report: { ...report, services: seenBelow('panda/inngest/http') } };
    const ofOwn = { report: { ...report, services: seenBelow('panda/caddy/launchd') } };
    expect(codes(plan('panda/caddy', ofOwn))).toEqual([]);
    expect(plan('panda/caddy', below).refusals).toMatchObject([
      {
        ...{ code: 'UNPROVABLE', canForce: true },
        message: 'that it is well afterwards could not be proved: panda/inngest is down',
      },
    ]);
    const stop = { verb: 'stop', object: null } as const;
    expect(codes(plan('panda/caddy', { ...below, wish: stop }))).toEqual([]);
  });

  it('is refused where it is not known whether runs are in flight', () => {
    const apps = report.functions.apps.map((app) => ({ ...app, registered: null }));
    const unknown = { ...report, functions: { ...report.functions, apps } };
    expect(plan('panda/worker', { report: unknown }).refusals).toMatchObject([
      { code: 'RUNNING_WORK', message: expect.stringContaining('not known'), canForce: true },
    ]);
  });

  it('is refused for ten minutes after the last attempt, and not for longer by a clock that was set back', () => {
    const ago = (ms: number) => codes(plan('panda/caddy', { lastAttemptMs: startMs - ms }));
    expect(ago(1000)).toEqual(['COOL_DOWN']);
    expect(ago(599_000)).toEqual(['COOL_DOWN']);
    expect(ago(600_000)).toEqual([]);
    expect(ago(-60_000)).toEqual(['COOL_DOWN']);
    expect(ago(-600_000)).toEqual([]);
  });

  it('of what nobody manages, or of another machine, cannot be forced', () => {
    expect(plan('clanker-001/pdf-brain')).toMatchObject({
      steps: [],
      refusals: [{ code: 'NO_MANAGER', canForce: false }],
    });
    const hosts = inventory.hosts.map((host) =>
      host.name === 'panda' ? { ...host, hostname: 'panda.local' } : host,
    );
    const service = inventory.services.find(({ id }) => id === 'panda/caddy');
    if (!service) throw new Error('no caddy');
    const known = { report, nowMs: startMs, lastAttemptMs: null, hostname: 'mybook', rights: null };
    const ground = { wish: { verb: 'restart', object: null } as const, ...known };
    const elsewhere = planDeed({ ...network, inventory: { ...inventory, hosts } }, service, ground);
    expect(elsewhere.plan.refusals).toMatchObject([{ code: 'ELSEWHERE', canForce: false }]);
  });

  it('of a unit that could not be seen is refused with the reason', () => {
    const services = report.services.map((one) => ({
      ...one,
      checks: one.checks.map((check) => ({
        ...check,
        fault: { code: 'timeout', side: 'prober', message: 'no answer within 5 s' } as const,
      })),
    }));
    const [refusal] = plan('panda/caddy', { report: { ...report, services } }).refusals;
    expect(refusal).toMatchObject({
      code: 'NOT_SEEN',
      message: 'how its unit is cannot be seen: no answer within 5 s',
    });
  });
});

describe('the plan of another verb', () => {
  const wish = (verb: Wish['verb'], object: string | null = null) => ({ wish: { verb, object } });

  it('of a stop wants its name typed, and is refused while runs are in flight', () => {
    const stop = plan('panda/worker', { ...wish('stop'), report: withRuns(1) });
    expect(stop).toMatchObject({ action: 'stop', wantsName: 'panda/worker', risk: 'disruptive' });
    expect(codes(stop)).toEqual(['RUNNING_WORK']);
  });

  it('is not kept by a cool-down, which is of restarts', () => {
    const last = { lastAttemptMs: startMs - 1000 };
    expect(codes(plan('panda/worker', { ...wish('stop'), ...last }))).toEqual([]);
    expect(codes(plan('panda/worker', last))).toEqual(['COOL_DOWN']);
  });

  it('that has nothing to do says why, and is refused by nothing', () => {
    expect(plan('panda/worker', { ...wish('start'), report: withRuns(1) })).toMatchObject({
      ...{ needless: 'it runs already', steps: [], refusals: [] },
    });
  });

  it('that its manager does not have is refused, with where to look', () => {
    expect(plan('panda/redis', wish('stop')).refusals).toMatchObject([
      { code: 'NOT_OFFERED', hint: 'joelclaw actions panda/redis lists what can be done' },
    ]);
    expect(plan('panda/redis', wish('delete-pod', 'redis-7')).refusals).toMatchObject([
      { code: 'NOT_OFFERED', message: 'there is no redis-7 to delete-pod: there is redis-0' },
    ]);
  });

  it('of the only pod need not name it; its name is to be typed', () => {
    expect(plan('panda/redis', wish('delete-pod'))).toMatchObject({
      ...{ object: 'redis-0', wantsName: 'redis-0', risk: 'destructive', refusals: [] },
      commands: ['kubectl --context admin@joelclaw -n joelclaw delete pod redis-0'],
    });
  });

  it('of one of several pods must name it', () => {
    const services = report.services.map((one) => ({
      ...one,
      checks: one.checks.map((check) => ({
        ...check,
        facts: {
          ...check.facts,
          pods: ['a', 'b'].map((name) => ({ name, uid: name, stage: 'ready' })),
        },
      })),
    }));
    const several = { ...report, services };
    expect(plan('panda/redis', { ...wish('delete-pod'), report: several }).refusals).toMatchObject([
      { code: 'NOT_OFFERED', message: 'which one? a, b' },
    ]);
    const named = plan('panda/redis', { ...wish('delete-pod', 'b'), report: several });
    expect(named.steps).toMatchObject([{ pod: 'b', uid: 'b' }]);
  });
});

it('several are restarted so that none comes before what it stands on', () => {
  const given = ['panda/worker', 'panda/caddy', 'panda/inngest'];
  const order = inDependencyOrder(inventory, given).map(({ id }) => id);
  expect([...order].sort()).toEqual([...given].sort());
  expect(order.indexOf('panda/inngest')).toBeLessThan(order.indexOf('panda/worker'));
});
