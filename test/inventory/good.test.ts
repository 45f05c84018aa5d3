import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { labInventoryText } from '../../src/lab/inventory.ts';
import { head, inventoryOf, parsedOf } from './read.ts';

const shippedText = readFileSync(new URL('../../inventory.yaml', import.meta.url), 'utf8');

/** interface.md §2 as it stands, and the services that it refers to without showing them. */
const contractText = `version: 1
name: joelclaw
defaults: {interval: 10s, timeout: 5s, failureThreshold: 3, successThreshold: 2}
hosts:
  - {name: panda, description: "Mac Mini M4 Pro, 64 GB", access: local, tailscale: panda}
  - name: clanker-001
    access: ssh
    ssh: {host: clanker-001, port: 22, user: joel, identityFile: ~/.ssh/id_ed25519, knownHosts: [~/.ssh/known_hosts], proxyJump: null}
    disks: [/]
clusters:
  - {name: joelclaw, host: panda, kubeconfig: ~/.kube/config, context: admin@joelclaw, namespaces: [joelclaw]}
services:
  - {name: inngest, host: panda}
  - {name: caddy, host: panda}
  - name: worker
    host: panda
    port: 3111
    manager: {kind: launchd, label: com.joel.system-bus-worker}
    checks:
      - {kind: http, url: "http://localhost:3111/", status: 200, json: {status: running}, count: functions, unit: functions}
    dependsOn: [panda/inngest]
    critical: true
  - name: redis
    host: panda
    port: 6379
    manager: {kind: k8s, cluster: joelclaw, workload: statefulset/redis}
    checks: [{kind: redis, url: "redis://localhost:6379"}]
  - name: pdf-brain
    host: clanker-001
    port: 3847
    manager: {kind: none}
    checks: [{kind: http, url: "http://clanker-001:3847/", count: documents, unit: docs}]
inngest:
  - {name: inngest, url: "http://localhost:8288", worker: "http://localhost:3111/api/inngest", app: system-bus, eventKey: "\${INNGEST_EVENT_KEY:-}"}
tailscale: {enabled: true}
files:
  - {source: infra/launchd/com.joel.caddy.plist, kind: launchd, host: panda, destination: ~/Library/LaunchAgents/, service: panda/caddy}
  - {source: infra/caddy/Caddyfile, kind: caddyfile, host: panda, destination: ~/.local/caddy/Caddyfile, service: panda/caddy}
  - {source: infra/systemd/pdf-brain.service, kind: systemd, host: clanker-001, destination: /etc/systemd/system/, service: clanker-001/pdf-brain}
  - {source: k8s/redis.yaml, kind: k8s, cluster: joelclaw, service: panda/redis}
  - {source: infra/env/worker.env.example, kind: env, host: panda, destination: ~/.config/system-bus.env, service: panda/worker}
  - {source: infra/worker/start.sh, kind: file, host: panda, destination: ~/.local/bin/worker-start, mode: "0755", service: panda/worker}
alerts:
  channels: [{kind: ntfy, url: "\${NTFY_URL:-}"}, {kind: slack, url: "\${SLACK_URL:-}"}, {kind: webhook, url: "\${HOOK:-}"}]
  heartbeat: "\${HEARTBEAT_URL:-}"
`;

describe('the shipped inventory', () => {
  it('parses without any name set, and says what it left unset in the order of the file', () => {
    const { unset, secrets } = parsedOf(shippedText);
    expect(secrets).toEqual([]);
    expect(unset).toEqual([
      'inngest[0].eventKey',
      'alerts.channels[0].url',
      'alerts.channels[1].url',
      'alerts.channels[2].url',
      'alerts.heartbeat',
    ]);
  });

  it('has the same hosts and services as the lab', () => {
    const ids = (text: string): readonly string[] => {
      const { hosts, services } = inventoryOf(text);
      return [...hosts.map(({ name }) => name), ...services.map(({ id }) => id)];
    };
    expect(ids(labInventoryText)).toEqual(ids(shippedText));
    expect(ids(shippedText)).toHaveLength(14);
  });

  it('points editors at its schema', () => {
    expect(shippedText).toMatch(/^# yaml-language-server: \$schema=\.\/inventory\.schema\.json\n/);
  });
});

describe('the contract’s example', () => {
  const inventory = inventoryOf(contractText);

  it('gives the worker its id, manager and check', () => {
    const worker = inventory.services.find(({ id }) => id === 'panda/worker');
    expect(worker).toMatchObject({
      port: 3111,
      critical: true,
      manager: { kind: 'launchd', label: 'com.joel.system-bus-worker' },
      dependsOn: ['panda/inngest'],
    });
    expect(worker?.checks[0]).toMatchObject({ name: 'http', timing: {}, spec: { status: 200 } });
  });

  it('tells the host that is reached by ssh how', () => {
    expect(inventory.hosts[1]?.ssh).toMatchObject({ user: 'joel', port: 22, proxyJump: null });
    expect(inventory.hosts[0]).toMatchObject({ access: 'local', ssh: null, disks: ['/'] });
  });

  it('names its files by kind and source', () => {
    expect(inventory.files.map(({ id }) => id)).toEqual([
      'launchd/com.joel.caddy',
      'caddyfile/Caddyfile',
      'systemd/pdf-brain',
      'k8s/redis',
      'env/worker.env',
      'file/start.sh',
    ]);
  });
});

it('tells files of one name apart by where they go, and where that is not enough by all', () => {
  const to = (source: string, host: string, destination: string): string =>
    `  - {source: ${source}, kind: file, host: ${host}, destination: ${destination}}\n`;
  const { files } = inventoryOf(
    `version: 1\nname: n\nhosts: [{name: a}, {name: b}]\nfiles:\n${[
      to('one/run', 'a', '/one'),
      to('two/run', 'a', '/two'),
      to('one/run', 'b', '/one'),
    ].join('')}`,
  );
  expect(files.map(({ id }) => id)).toEqual([
    'file/one/run@a:/one',
    'file/two/run@a:/two',
    'file/run@b',
  ]);
});

describe('the least inventory', () => {
  const { defaults, hosts, services, tailscale } = inventoryOf(
    'version: 1\nname: n\nhosts: [{name: a}]\n',
  );

  it('has the contract’s defaults', () => {
    expect(defaults).toEqual({
      intervalMs: 10_000,
      timeoutMs: 5000,
      failureThreshold: 3,
      successThreshold: 2,
    });
  });

  it('has a local host and nothing else', () => {
    expect(hosts[0]).toMatchObject({ access: 'local', disks: ['/'] });
    expect([services, tailscale]).toEqual([[], false]);
  });
});

describe('what is written', () => {
  it('about a check’s timing is kept apart from the fields of its kind', () => {
    const check =
      '{kind: tcp, name: port, host: a, port: 5, interval: 1m, timeout: 500ms, failureThreshold: 1}';
    const text = `${head}services: [{name: x, host: a, checks: [${check}]}]\n`;
    expect(inventoryOf(text).services[0]?.checks[0]).toEqual({
      kind: 'tcp',
      name: 'port',
      timing: { intervalMs: 60_000, timeoutMs: 500, failureThreshold: 1 },
      dependsOn: [],
      spec: { host: 'a', port: 5 },
    });
  });

  it('as ssh: makes a host remote also without access:', () => {
    const text = 'version: 1\nname: n\nhosts: [{name: a, ssh: {user: joel}}]\n';
    expect(inventoryOf(text).hosts[0]).toMatchObject({
      access: 'ssh',
      ssh: { host: 'a', user: 'joel', client: 'ssh2', knownHosts: ['~/.ssh/known_hosts'] },
    });
  });

  it('once behind an anchor counts wherever its alias stands', () => {
    const text = `${head}services:
  - {name: x, host: a, checks: [&c {kind: tcp, host: l, port: 1}]}
  - {name: y, host: a, checks: [*c]}
`;
    const [x, y] = inventoryOf(text).services;
    expect(y?.checks).toEqual(x?.checks);
  });

  it('for later versions is understood: vault, history, plugins, a disabled service, a pinned cluster', () => {
    const text = `${head}vault: ~/Vault
history: {keepDays: 30}
plugins: [./mine.ts]
clusters: [{name: c, host: a, uid: abc}]
services: [{name: x, host: a, enabled: false, reason: moved}]
`;
    const { services, clusters } = inventoryOf(text);
    expect(services[0]).toMatchObject({ enabled: false, reason: 'moved' });
    expect(clusters[0]).toMatchObject({ uid: 'abc', kubeconfig: '~/.kube/config' });
  });
});

describe('a name from the environment', () => {
  const vault = (written: string): string => `${head}vault: "${written}"\n`;
  const channel = `${head}alerts: {channels: [{kind: ntfy, url: "\${URL:-}"}], heartbeat: "http://\${H:-local}/"}\n`;

  it('that is set stands in the value and is a secret', () => {
    expect(parsedOf(vault(`\${WHERE}`), { WHERE: '/v' })).toMatchObject({
      ok: true,
      secrets: ['/v'],
    });
  });

  it('that is not set falls back, which is no secret', () => {
    const text = `${head}services: [{name: x, host: a, checks: [{kind: http, url: "http://\${H:-local}:1/\${P:-}"}]}]\n`;
    const { inventory, secrets } = parsedOf(text, {});
    expect(inventory.services[0]?.checks[0]?.spec).toMatchObject({ url: 'http://local:1/' });
    expect(secrets).toEqual([]);
  });

  it('with an empty fallback leaves its key unset', () => {
    expect(parsedOf(channel).unset).toEqual(['alerts.channels[0].url']);
    expect(parsedOf(channel, { URL: 'http://u/' })).toMatchObject({
      unset: [],
      secrets: ['http://u/'],
    });
  });

  it('with an empty fallback leaves out an item of a list, and not its neighbours', () => {
    const text = `${head}services: [{name: x, host: a, dependsOn: ["\${ONE:-}", b, "\${TWO:-}"]}]\n`;
    expect(inventoryOf(text).services[0]?.dependsOn).toEqual(['b']);
  });

  it('that is empty counts as not set', () => {
    expect(parsedOf(channel, { URL: '' }).unset).toEqual(['alerts.channels[0].url']);
  });
});
