import { describe, expect, it } from 'vitest';
import { explain } from '../../src/model/explain.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import type { Service } from '../../src/model/inventory.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Report } from '../../src/model/report.ts';
import type { State } from '../../src/model/state.ts';
import { checkOf, hostOf, inventoryOf, partOf, serviceOf, startMs, stateOf } from './made.ts';

interface Scene {
  readonly service?: Partial<Service>;
  /** By check id; the checks are made of them. */
  readonly states: Readonly<Record<string, State>>;
  readonly facts?: Readonly<Record<string, JsonObject>>;
}

/** Host `a` with the service `a/x`, explained after one round. */
function scene({ service = {}, states, facts = {} }: Scene): Report {
  const inventory = inventoryOf({ hosts: [hostOf('a')], services: [serviceOf('a/x', service)] });
  const checks = Object.keys(states).map((id) => checkOf(id));
  const state = stateOf(states, (id) => ({ facts: facts[id] ?? {} }));
  return explain({ inventory, checks }, state, startMs);
}

const serviceIn = (report: Report) => report.services[0];
const nodeIn = (report: Report) => report.nodes[0];

describe('a service', () => {
  it.each<[State, State, State]>([
    ['up', 'down', 'down'],
    ['degraded', 'up', 'degraded'],
    ['unknown', 'up', 'unknown'],
    ['idle', 'up', 'up'],
    ['degraded', 'down', 'down'],
  ])('of a check that is %s and one that is %s is %s', (first, second, worst) => {
    const report = scene({ states: { 'a/x/http': first, 'a/x/tcp': second } });
    expect(serviceIn(report)).toMatchObject({ state: worst, note: expect.any(String) });
  });

  it('whose idle manager is its one check is idle, and says what it is', () => {
    const report = scene({
      service: { description: 'a watcher', manager: { kind: 'launchd', label: 'x' } },
      states: { 'a/x/launchd': 'idle' },
    });
    expect(serviceIn(report)).toMatchObject({ state: 'idle', note: 'a watcher' });
  });

  it('in trouble bears its worst check’s note, since and streak', () => {
    const report = scene({
      service: { description: 'a thing' },
      states: { 'a/x/http': 'up', 'a/x/tcp': 'down' },
      facts: { 'a/x/http': { count: 3 } },
    });
    expect(serviceIn(report)).toMatchObject({
      note: 'it is down',
      streak: { toward: 'down', n: 1, of: 3 },
      since: new Date(startMs).toISOString(),
    });
  });

  it.each<[string, JsonObject, string]>([
    ['what it counts', { count: 14, unit: 'functions' }, '14 functions'],
    ['a number without a unit', { count: 3 }, '3'],
    ['none of a count that is not known', { count: null, unit: 'docs' }, 'a thing'],
    ['what it is', {}, 'a thing'],
  ])('that is well says %s', (_title, facts, note) => {
    const report = scene({
      service: { description: 'a thing' },
      states: { 'a/x/tcp': 'up', 'a/x/http': 'up' },
      facts: { 'a/x/http': facts },
    });
    expect(serviceIn(report)?.note).toBe(note);
  });

  it('that is not enabled is n/a with its reason, and is not measured', () => {
    const report = scene({ service: { enabled: false, reason: 'moved to b' }, states: {} });
    expect(serviceIn(report)).toMatchObject({
      state: 'n/a',
      confirmed: 'n/a',
      note: 'moved to b',
      checks: [],
    });
  });

  it('that is not enabled without a reason is declared not to run here', () => {
    const report = scene({ service: { enabled: false }, states: {} });
    expect(serviceIn(report)?.note).toBe('declared not to run here');
  });

  it('without a check is unknown and says why', () => {
    const report = scene({ service: { manager: { kind: 'none' } }, states: {} });
    const note = 'no check is declared';
    expect(serviceIn(report)).toMatchObject({ state: 'unknown', confirmed: 'unknown', note });
  });

  it('is confirmed when its checks are, and not by one sample', () => {
    const report = scene({ states: { 'a/x/http': 'up' } });
    expect(serviceIn(report)).toMatchObject({ state: 'up', confirmed: 'unknown' });
  });

  it('names the check that explains it', () => {
    const inventory = inventoryOf({ hosts: [hostOf('a')], services: [serviceOf('a/x')] });
    const parents = [{ check: 'a/host', through: false }];
    const checks = [checkOf('a/host'), checkOf('a/x/http', { parents })];
    const state = stateOf({ 'a/host': 'down', 'a/x/http': 'down' });
    const [service] = explain({ inventory, checks }, state, startMs).services;
    expect(service).toMatchObject({
      state: 'suppressed',
      because: 'a/host',
      note: 'a/host is down',
    });
  });
});

describe('a node', () => {
  it.each<[State, State, boolean, State, string]>([
    ['up', 'down', true, 'degraded', 'x is down'],
    ['up', 'degraded', true, 'degraded', 'x is degraded'],
    ['up', 'unknown', true, 'up', 'it is up'],
    ['up', 'down', false, 'up', 'it is up'],
    ['down', 'down', true, 'down', 'it is down'],
    ['unknown', 'down', true, 'unknown', 'it is unknown'],
  ])('that is %s, its service %s (critical: %s), is %s', (own, of, critical, state, note) => {
    const report = scene({ service: { critical }, states: { 'a/host': own, 'a/x/http': of } });
    expect(nodeIn(report)).toMatchObject({ state, note });
  });

  it('shows the facts of its host check and its checks alone', () => {
    const report = scene({
      states: { 'a/host': 'up', 'a/x/http': 'up' },
      facts: { 'a/host': { cpus: 14 } },
    });
    expect(nodeIn(report)).toMatchObject({ kind: 'host', facts: { cpus: 14 } });
    expect(nodeIn(report)?.checks.map(({ id }) => id)).toEqual(['a/host']);
  });

  it('of which nothing is known is unknown', () => {
    const inventory = inventoryOf({ hosts: [hostOf('a')] });
    const report = explain({ inventory, checks: [checkOf('a/host')] }, emptyNetworkState, startMs);
    expect(report.at).toBeNull();
    expect(report.nodes[0]).toMatchObject({ state: 'unknown', note: 'not measured yet' });
    expect(report.summary.state).toBe('unknown');
  });
});

describe('a node on the tailnet', () => {
  interface Tailnet {
    readonly host: State;
    readonly peer: State;
    readonly facts?: JsonObject;
    readonly daemon?: State;
    readonly service?: State;
  }

  /** `here` with the daemon, a critical service and the ssh host `nas`, which is a peer. */
  function tailnet({ host, peer, facts = {}, daemon = 'up', service = 'up' }: Tailnet): Report {
    const part = { ...partOf('nas', peer), kind: 'peer' as const, facts };
    const parents = [{ check: 'here/tailscale#nas', through: false }];
    const checks = [
      checkOf('here/host'),
      checkOf('here/tailscale'),
      checkOf('here/web/http'),
      checkOf('nas/host', { parents }),
    ];
    const states = {
      'here/host': 'up' as const,
      'here/tailscale': daemon,
      'here/web/http': service,
      'nas/host': host,
    };
    const state = stateOf(states, (id) => (id === 'here/tailscale' ? { parts: [part] } : {}));
    const inventory = inventoryOf({
      hosts: [hostOf('here'), hostOf('nas')],
      services: [serviceOf('here/web', { critical: true })],
    });
    return explain({ inventory, checks }, state, startMs);
  }

  const online = { online: true, direct: true, relay: 'fra', keyExpiry: null };

  it.each<[State, State, JsonObject, State, string]>([
    ['down', 'down', {}, 'down', 'part is down'],
    ['unknown', 'down', {}, 'down', 'part is down'],
    ['down', 'up', {}, 'down', 'it is down'],
    ['down', 'unknown', {}, 'down', 'it is down'],
    ['unknown', 'up', {}, 'unknown', 'it is unknown'],
    ['up', 'down', {}, 'up', 'it is up'],
    ['up', 'down', { expired: true }, 'degraded', 'tailscale: part is down, but nas/host answers'],
    ['up', 'degraded', {}, 'degraded', 'tailscale: part is degraded'],
    ['up', 'unknown', {}, 'up', 'it is up'],
  ])('whose host is %s and whose peer %s %j is %s: %s', (host, peer, facts, state, note) => {
    const [, nas] = tailnet({ host, peer, facts }).nodes;
    expect(nas).toMatchObject({ state, note });
  });

  it('that is offline and does not answer is one machine down, because of its peer', () => {
    const { nodes, summary } = tailnet({ host: 'down', peer: 'down' });
    expect(summary).toMatchObject({ state: 'down', down: 1, suppressed: 0 });
    expect(nodes[1]).toMatchObject({ because: 'here/tailscale#nas', streak: { toward: 'down' } });
    expect(nodes[1]?.checks.map(({ id, kind }) => [id, kind])).toEqual([
      ['nas/host', 'host'],
      ['here/tailscale#nas', 'peer'],
    ]);
  });

  it.each<[State, State, State, string]>([
    ['down', 'up', 'degraded', 'tailscale: it is down'],
    ['degraded', 'up', 'degraded', 'tailscale: it is degraded'],
    ['unknown', 'up', 'up', 'it is up'],
    ['down', 'down', 'degraded', 'web is down'],
  ])('with a daemon that is %s and a service %s is %s: %s', (daemon, service, state, note) => {
    const [here] = tailnet({ host: 'up', peer: 'up', daemon, service }).nodes;
    expect(here).toMatchObject({ state, note, confirmed: 'unknown', link: null });
    expect(here?.checks.map(({ id }) => id)).toEqual(['here/host', 'here/tailscale']);
  });

  it.each<[State, JsonObject, object | null]>([
    ['up', online, { state: 'direct', via: null, keyExpiry: null }],
    ['up', { ...online, direct: false }, { state: 'relayed', via: 'fra', keyExpiry: null }],
    ['up', { ...online, direct: null }, { state: 'idle', via: null, keyExpiry: null }],
    ['degraded', { ...online, keyExpiry: 'x' }, { state: 'direct', via: null, keyExpiry: 'x' }],
    ['down', { ...online, online: false }, { state: 'offline', via: null, keyExpiry: null }],
    ['unknown', online, null],
    ['up', { online: 'yes' }, null],
  ])('with a peer that is %s, %j, has the link %j', (peer, facts, link) => {
    expect(tailnet({ host: 'up', peer, facts }).nodes[1]?.link).toEqual(link);
  });
});

describe('what is declared but not looked at yet', () => {
  const server = {
    ...{ name: 'i', url: 'http://i', worker: null, app: 'bus', expect: null, eventKey: null },
  };
  const functionsOf = (...expects: readonly (readonly string[] | null)[]) => {
    const inngest = expects.map((expected) => ({ ...server, expect: expected }));
    return explain({ inventory: inventoryOf({ inngest }), checks: [] }, emptyNetworkState, startMs)
      .functions;
  };

  it('are functions: unknown, with the apps that the inventory names', () => {
    const functions = functionsOf(['one', 'two']);
    expect(functions).toMatchObject({ state: 'unknown', registered: null, served: null });
    expect(functions.apps).toMatchObject([
      { server: 'i', app: 'bus', expect: ['one', 'two'], state: 'unknown', connected: null },
    ]);
    expect(functions).toMatchObject({ note: 'not measured yet', items: [] });
  });

  it.each<[readonly (readonly string[] | null)[], number | null]>([
    [[['one', 'two']], 2],
    [[['one'], ['two', 'three']], 3],
    [[['one'], null], null],
    [[[]], 0],
    [[], null],
  ])('expect of %j is %s functions', (expects, expected) => {
    expect(functionsOf(...expects).expected).toBe(expected);
  });

  it('are n/a functions without an Inngest server', () => {
    expect(functionsOf().state).toBe('n/a');
  });

  it('are files: each listed, none called in sync', () => {
    const file = {
      id: 'k8s/redis',
      kind: 'k8s' as const,
      source: 'k8s/redis.yaml',
      host: null,
      cluster: 'c',
      destination: null,
      mode: null,
      service: 'a/redis',
      admin: null,
    };
    const inventory = inventoryOf({ files: [file] });
    const { drift } = explain({ inventory, checks: [] }, emptyNetworkState, startMs);
    expect(drift.state).toBe('unknown');
    expect(drift.items[0]).toMatchObject({
      id: 'k8s/redis',
      verdict: 'unknown',
      service: 'a/redis',
    });
  });

  it('are n/a drift without files', () => {
    const network = { inventory: inventoryOf({}), checks: [] };
    expect(explain(network, emptyNetworkState, startMs).drift).toMatchObject({
      state: 'n/a',
      items: [],
    });
  });
});

it('makes a report once for a moment, and anew for another one or another network', () => {
  const inventory = inventoryOf({ hosts: [hostOf('a')], services: [serviceOf('a/x')] });
  const network = { inventory, checks: [checkOf('a/x/http')] };
  const state = stateOf({ 'a/x/http': 'up' });
  const report = explain(network, state, startMs);
  expect(explain(network, state, startMs)).toBe(report);
  expect(serviceIn(explain(network, state, startMs + 3_600_000))?.state).toBe('unknown');
  expect(explain({ inventory, checks: [] }, state, startMs).services[0]?.checks).toEqual([]);
});
