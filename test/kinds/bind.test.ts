import { describe, expect, it } from 'vitest';
import { askedAt } from '../../src/kinds/asked-at.ts';
import { bind } from '../../src/kinds/bind.ts';
import { kinds } from '../../src/kinds/index.ts';
import { inventoryOf } from '../inventory/read.ts';
import { strictTransports } from './strict-transports.ts';

const text = `version: 1
name: n
defaults: {interval: 20s, timeout: 4s, failureThreshold: 5, successThreshold: 1}
hosts:
  - {name: here}
  - {name: nas, access: ssh, disks: [/volume1]}
services:
  - name: db
    host: here
    checks:
      - {kind: tcp, host: h, port: 1}
      - {kind: redis, url: "redis://h:1", interval: 1m, failureThreshold: 2}
  - name: web
    host: nas
    checks:
      - {kind: http, url: "http://h/", dependsOn: [here/db/tcp]}
      - {kind: tls, host: h}
      - {kind: command, argv: [id], timeout: 1s}
      - {kind: systemd, unit: u}
    manager: {kind: launchd, label: l}
    dependsOn: [here/db, here]
  - name: old
    host: here
    enabled: false
    checks: [{kind: tcp, host: h, port: 2}]
  - name: front
    host: here
    checks: [{kind: tcp, name: port, host: h, port: 3}, {kind: tls, host: h, dependsOn: [here/front/port]}]
`;

const { checks } = bind(inventoryOf(text));

function bound(id: string) {
  const check = checks.find((one) => one.id === id);
  if (!check) throw new Error(`no check ${id}`);
  return check;
}

/** `check` or, when seen only through it, `~check`. */
function parentsOf(id: string): readonly string[] {
  return bound(id).parents.map(({ check, through }) => (through ? `~${check}` : check));
}

describe('binding', () => {
  it('makes one check a host and one a declared check, host by host', () => {
    expect(checks.map(({ id }) => id)).toEqual([
      'here/host',
      'here/db/tcp',
      'here/db/redis',
      'here/front/port',
      'here/front/tls',
      'nas/host',
      'nas/web/launchd',
      'nas/web/http',
      'nas/web/tls',
      'nas/web/command',
      'nas/web/systemd',
    ]);
  });

  it('makes none of a service that is not enabled', () => {
    expect(checks.filter(({ service }) => service === 'here/old')).toEqual([]);
  });

  it('makes none of a kind that cannot be measured yet', () => {
    expect(checks.filter(({ kind }) => kind === 'k8s')).toEqual([]);
  });

  it('gives a host’s check to no service', () => {
    expect(bound('nas/host')).toMatchObject({ host: 'nas', service: null, kind: 'host' });
    expect(bound('here/front/port')).toMatchObject({
      service: 'here/front',
      kind: 'tcp',
      name: 'port',
    });
  });
});

describe('the timing of a check', () => {
  it.each([
    ['here/db/tcp', 20_000, 4000, 5],
    ['here/db/redis', 60_000, 4000, 2],
    ['nas/web/command', 20_000, 1000, 5],
    ['nas/web/tls', 3_600_000, 4000, 5],
  ])('%s has an interval of %i and a timeout of %i ms', (id, intervalMs, timeoutMs, failures) => {
    expect(bound(id)).toMatchObject({ intervalMs, timeoutMs, failureThreshold: failures });
  });

  it('goes by the check’s word before its kind’s', () => {
    const own = text.replace('{kind: tls, host: h}', '{kind: tls, host: h, interval: 30s}');
    const tls = bind(inventoryOf(own)).checks.find(({ id }) => id === 'nas/web/tls');
    expect(tls?.intervalMs).toBe(30_000);
  });
});

describe('a tailnet', () => {
  const tailnet = `version: 1
name: n
hosts:
  - {name: nas, access: ssh, tailscale: nas-2}
  - {name: here, tailscale: here}
  - {name: there, hostname: there, tailscale: there}
  - {name: cam, access: ssh}
services: []
tailscale: {enabled: true}
`;
  const boundIn = (inventory: string) => bind(inventoryOf(inventory)).checks;

  it('is watched from the first local host, after its own check, every 30 s', () => {
    const found = boundIn(tailnet);
    expect(found.map(({ id }) => id)).toEqual([
      'nas/host',
      'here/host',
      'here/tailscale',
      'there/host',
      'cam/host',
    ]);
    expect(found.find(({ kind }) => kind === 'tailscale')).toMatchObject({
      host: 'here',
      service: null,
      intervalMs: 30_000,
      parents: [],
    });
  });

  it('explains its ssh hosts by their peers, and no others', () => {
    const parents = boundIn(tailnet).map((check) => check.parents.map((parent) => parent.check));
    expect(parents).toEqual([['here/tailscale#nas'], [], [], [], []]);
  });

  it.each([
    ['is switched off', tailnet.replace('enabled: true', 'enabled: false')],
    ['is not mentioned', tailnet.replace(/^tailscale:.*$/m, '')],
    ['is watched by nobody', tailnet.replace(/^.*(here|there).*\n/gm, '')],
  ])('that %s is not looked at', (_title, inventory) => {
    const found = boundIn(inventory);
    expect(found.filter(({ id, parents }) => id.includes('tail') || parents.length > 0)).toEqual(
      [],
    );
  });
});

describe('an Inngest server', () => {
  const network = `version: 1
name: n
hosts: [{name: nas, access: ssh}, {name: here}, {name: there}]
services:
  - {name: functions, host: here, checks: [{kind: http, url: "http://localhost:8288/health", name: main}]}
  - {name: bus, host: here, checks: [{kind: http, url: "http://localhost:3111/"}, {kind: tcp, host: localhost, port: 3111}]}
  - {name: off, host: here, enabled: false, checks: [{kind: http, url: "http://localhost:8288/"}]}
inngest:
  - {name: main, url: "http://localhost:8288/", worker: "http://localhost:3111/api/inngest"}
  - {name: dev, url: "http://nas:8288"}
`;
  const found = bind(inventoryOf(network)).checks;

  it('is asked from the first local host under an id that no service can bear', () => {
    expect(found.map(({ id }) => id)).toEqual([
      'nas/host',
      'here/host',
      'here/functions:main',
      'here/functions:dev',
      'here/functions/main',
      'here/bus/http',
      'here/bus/tcp',
      'there/host',
    ]);
    expect(found[2]).toMatchObject({ service: null, kind: 'inngest', intervalMs: 30_000 });
  });

  it('is explained by the http checks of the same server and worker', () => {
    const parents = (index: number) => found[index]?.parents.map(({ check }) => check);
    expect(parents(2)).toEqual(['here/functions/main', 'here/bus/http']);
    expect(parents(3)).toEqual([]);
  });
});

describe('a cluster', () => {
  const network = `version: 1
name: n
hosts: [{name: here}, {name: nas, access: ssh}]
clusters:
  - {name: home, host: here, dependsOn: [here/vm]}
  - {name: away, host: nas}
services:
  - {name: vm, host: here, checks: [{kind: command, argv: [id]}]}
  - {name: db, host: here, port: 1, manager: {kind: k8s, cluster: home, workload: statefulset/db}, checks: [{kind: tcp, host: h, port: 1}]}
  - {name: net, host: nas, checks: [{kind: k8s, cluster: away, workload: kube-system/daemonset/flannel}]}
`;
  const found = bind(inventoryOf(network)).checks;
  const parents = (id: string) =>
    found
      .find((one) => one.id === id)
      ?.parents.map(({ check, through }) => (through ? `~${check}` : check));

  it('has one check, on the host that runs it, under an id that no service can bear', () => {
    expect(found.map(({ id }) => id)).toEqual([
      'here/host',
      'here/cluster:home',
      'here/vm/command',
      'here/db/k8s',
      'here/db/tcp',
      'nas/host',
      'nas/cluster:away',
      'nas/net/k8s',
    ]);
    expect(found[1]).toMatchObject({ service: null, kind: 'cluster', name: 'cluster:home' });
  });

  it('stands on what the inventory says, and on its host where that is reached by ssh', () => {
    expect(parents('here/cluster:home')).toEqual(['here/vm/command']);
    expect(parents('nas/cluster:away')).toEqual(['~nas/host']);
  });

  it('is what its workloads are seen through, also one that is written as a check', () => {
    expect(parents('here/db/k8s')).toEqual(['~here/cluster:home']);
    expect(parents('here/db/tcp')).toEqual(['here/db/k8s']);
    expect(parents('nas/net/k8s')).toEqual(['nas/host', '~nas/cluster:away']);
  });
});

describe('the parents of a check', () => {
  it('are none on this machine without dependsOn', () => {
    expect([
      ...parentsOf('here/db/tcp'),
      ...parentsOf('here/host'),
      ...parentsOf('nas/host'),
    ]).toEqual([]);
  });

  it('are its ssh host, all checks of a service, the host’s check of a host, single checks, and its unit', () => {
    expect(parentsOf('nas/web/http')).toEqual([
      'nas/host',
      'here/db/tcp',
      'here/db/redis',
      'here/host',
      'here/db/tcp',
      'nas/web/launchd',
    ]);
  });

  it('are what a command or a unit is seen through', () => {
    expect(parentsOf('nas/web/command')[0]).toBe('~nas/host');
    expect(parentsOf('nas/web/launchd')[0]).toBe('~nas/host');
  });

  it('are another check of its own service', () => {
    expect(parentsOf('here/front/port')).toEqual([]);
    expect(parentsOf('here/front/tls')).toEqual(['here/front/port']);
  });

  it('are the port that the others of its service are asked on', () => {
    expect(parentsOf('here/db/redis')).toEqual(['here/db/tcp']);
    expect(parentsOf('here/db/tcp')).toEqual([]);
  });

  it.each([
    ['http', { url: 'http://localhost:6379/' }, 'localhost:6379'],
    ['http', { url: 'http://[::1]/x' }, 'localhost:80'],
    ['http', { url: 'https://Panda.local' }, 'panda.local:443'],
    ['redis', { url: 'redis://h' }, 'h:6379'],
    ['tls', { host: 'h' }, 'h:443'],
    ['tcp', { host: '127.0.0.1', port: 1 }, 'localhost:1'],
    ['command', { argv: ['true'] }, null],
    ['http', { url: 'no url' }, null],
  ])('is one only of what is asked there: %s %j at %s', (kind, spec, at) => {
    expect(askedAt({ kind, name: kind, timing: {}, dependsOn: [], spec })).toBe(at);
  });

  it('is none of checks that ask another place', () => {
    const other = text.replace('redis://h:1', 'redis://h:2');
    expect(other).not.toBe(text);
    const [found] = bind(inventoryOf(other)).checks.filter(({ id }) => id === 'here/db/redis');
    expect(found?.parents.map(({ check }) => check)).toEqual([]);
  });
});

it('a bound check runs with its spec’s defaults, its timeout and the secrets hidden', async () => {
  const network = bind(inventoryOf(text), { secrets: ['hunter22'] });
  const check = network.checks.find(({ id }) => id === 'nas/web/http');
  const asked = { url: 'http://h/', method: 'GET', headers: {}, tls: { insecure: false } };
  const request = { ...asked, headOnly: true as const };
  const headers = { 'content-type': 'text/hunter22' };
  const answer = { status: 200, headers, body: '', truncated: false, latencyMs: 1 };
  const { transports } = strictTransports([{ verb: 'http', request, answer }]);
  const timeouts: number[] = [];
  const result = await check?.run({
    transports: {
      ...transports,
      http: (asked, options) => {
        timeouts.push(options.timeoutMs);
        return transports.http(asked, options);
      },
    },
    signal: new AbortController().signal,
    previous: null,
  });
  expect(result).toMatchObject({ verdict: { state: 'up' }, facts: { contentType: 'text/•••' } });
  expect(timeouts).toEqual([4000]);
});

describe('every kind', () => {
  /** The public table of fields: others rely on these; some kinds are made from other lists. */
  const fields: Readonly<Record<string, string>> = {
    http: 'url method headers status json text count unit min tls',
    tcp: 'host port',
    tls: 'host port servername warnDays clearDays',
    redis: 'url maxMemoryRatio',
    command: 'argv exitCode stdout',
    launchd: 'label',
    host: 'disks',
    tailscale: 'peers',
    inngest: 'name url worker app expect',
    k8s: 'cluster workload',
    cluster: 'cluster',
  };

  it.each(Object.entries(fields))('%s has the fields that are public', (name, wanted) => {
    const kind = kinds.find((one) => one.kind === name);
    expect(Object.keys(kind?.spec.shape ?? {})).toEqual(expect.arrayContaining(wanted.split(' ')));
  });

  it.each(kinds.map((kind) => [kind.kind, kind] as const))(
    '%s says itself in a sentence',
    (_name, kind) => {
      expect(kind.summary).toMatch(/^[A-Z].{15,90}\.$/);
    },
  );
});
