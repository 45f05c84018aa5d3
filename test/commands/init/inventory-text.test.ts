import { describe, expect, test } from 'vitest';
import type { Found } from '../../../src/commands/init/found.ts';
import { inventoryText } from '../../../src/commands/init/inventory-text.ts';
import { knownPorts } from '../../../src/commands/init/known-ports.ts';
import { inventoryOf, parsedOf } from '../../inventory/read.ts';
import { aliasOf, bare } from './made.ts';

const head = { date: '2026-02-18', schema: false };
const textOf = (found: Partial<Found>): string => inventoryText({ ...bare, ...found }, head).text;
const portOf = (port: number, proved = true) => {
  const known = knownPorts.find((one) => one.port === port);
  if (!known) throw new Error(`no port ${port}`);
  return { ...known, proved, remark: '' };
};
const launchd = (unit: string) =>
  ({
    kind: 'launchd',
    unit,
    user: true,
    description: '',
    file: `~/Library/LaunchAgents/${unit}.plist`,
  }) as const;

test('a machine that has nothing has itself, and says what was not looked at', () => {
  const found = { ...bare, notLooked: ['tailscale: not installed\nhere'] };
  expect(inventoryText(found, head)).toEqual({
    text: `# What \`joelclaw init\` found on panda.local on 2026-02-18: it asked nobody but this machine and its cluster’s API.
# Drop what is not to be watched, describe the rest; \`joelclaw config check\` tells what is wrong.
version: 1
name: panda

hosts:
  # this machine
  - name: panda
    access: local
    hostname: panda.local

# Not looked at:
# - tailscale: not installed here
`,
    counts: { hosts: 1, clusters: 0, services: 0, inngest: 0, commented: 0 },
  });
});

test('the first line names the schema only where it lies beside', () => {
  const { text } = inventoryText(bare, { ...head, schema: true });
  expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./inventory.schema.json');
});

test('a whole house', () => {
  const text = textOf({
    description: 'Mac mini, Apple M4 Pro, 64 GB',
    tailnetLabel: 'panda',
    aliases: [aliasOf('clanker-001', { user: 'joel', port: 2222 }), aliasOf('github.com')],
    peers: [
      { label: 'clanker-001', ips: [], os: 'linux', known: null },
      { label: 'three-body', ips: [], os: 'linux', known: 'three-body.tail.ts.net' },
      { label: 'tv', ips: [], os: 'windows', known: null },
    ],
    units: [launchd('com.joel.caddy'), launchd('com.joel.system-bus-worker')],
    cluster: {
      context: 'admin@joelclaw',
      kubeconfig: '~/.kube/config',
      others: ['old'],
      uid: 'u-1',
      workloads: [{ namespace: 'joelclaw', kind: 'statefulset', name: 'redis' }],
    },
    ports: [portOf(8288), portOf(3111), portOf(6379), portOf(2019), portOf(443), portOf(80)],
  });
  expect(text.split('\n').slice(4).join('\n')).toBe(`
hosts:
  # this machine
  - name: panda
    description: "Mac mini, Apple M4 Pro, 64 GB"
    access: local
    hostname: panda.local
    tailscale: panda
  # Host clanker-001 in ~/.ssh/config; peer of the tailnet, linux
  - name: clanker-001
    access: ssh
    ssh: { host: clanker-001, port: 2222, user: joel }
    tailscale: clanker-001
  # Host github.com in ~/.ssh/config; a server of code, so it is left out
  # - name: github.com
  #   access: ssh
  #   ssh: { host: github.com }
  # peer of the tailnet, linux; known_hosts has three-body.tail.ts.net
  - name: three-body
    access: ssh
    ssh: { host: three-body.tail.ts.net }
    tailscale: three-body
  # peer of the tailnet, windows; take the signs away if ssh reaches it
  # - name: tv
  #   access: ssh
  #   ssh: { host: tv }
  #   tailscale: tv

clusters:
  # the current context of ~/.kube/config; it has also old
  - name: joelclaw
    host: panda
    kubeconfig: ~/.kube/config
    context: admin@joelclaw
    namespaces: [joelclaw]
    uid: u-1

services:
  # launchd: ~/Library/LaunchAgents/com.joel.caddy.plist; port 2019 is open; port 443 is open; port 80 is open
  - name: caddy
    host: panda
    port: 443
    manager: { kind: launchd, label: com.joel.caddy }
    checks:
      - { kind: http, url: "http://localhost:2019/config/" }
      - { kind: tcp, host: localhost, port: 443 }
      - { kind: tcp, name: tcp-80, host: localhost, port: 80 }
  # launchd: ~/Library/LaunchAgents/com.joel.system-bus-worker.plist; port 3111 is open
  - name: system-bus-worker
    host: panda
    port: 3111
    manager: { kind: launchd, label: com.joel.system-bus-worker }
    checks:
      - { kind: http, url: "http://localhost:3111/" }
  # statefulset of namespace joelclaw; port 6379 is open
  - name: redis
    host: panda
    port: 6379
    manager: { kind: k8s, cluster: joelclaw, workload: statefulset/redis }
    checks:
      - { kind: redis, url: "redis://localhost:6379" }
  # port 8288 is open
  - name: inngest
    host: panda
    port: 8288
    checks:
      - { kind: http, url: "http://localhost:8288/health", json: { status: 200 } }

inngest:
  # its functions, asked on port 8288; INNGEST_EVENT_KEY may be set in .env beside this file
  - name: inngest
    url: "http://localhost:8288"
    worker: "http://localhost:3111/api/inngest"
    eventKey: "\${INNGEST_EVENT_KEY:-}"

tailscale: { enabled: true }
`);
  expect(parsedOf(text).unsetNames).toEqual(['INNGEST_EVENT_KEY']);
});

describe('what cannot be taken as it is', () => {
  test('stands as a comment with the reason', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a name that a machine may bear
    const text = textOf({ aliases: [aliasOf('${HOME}', { user: 'a' })] });
    expect(text).toContain(
      'not taken: it holds ${, which stands for a name of .env here\n  # - name: HOME',
    );
    expect(inventoryOf(text).hosts).toHaveLength(1);
  });

  test('names get numbers, and those of no letter a name', () => {
    const aliases = [aliasOf('a b'), aliasOf('a:b'), aliasOf('日本'), aliasOf('A-B')];
    const { hosts } = inventoryOf(textOf({ aliases }));
    expect(hosts.map(({ name }) => name)).toEqual(['panda', 'a-b', 'a-b-2', 'unnamed', 'A-B-3']);
  });

  test('this machine’s own alias and peer are not told twice', () => {
    const found = {
      aliases: [aliasOf('panda')],
      peers: [{ label: 'panda', ips: [], os: 'macOS', known: 'panda' }],
    };
    expect(inventoryOf(textOf(found)).hosts).toHaveLength(1);
  });

  test('a peer is known by the address that an alias leads to', () => {
    const found = {
      aliases: [aliasOf('nas', { hostname: '100.64.0.9' })],
      peers: [{ label: 'three-body', ips: ['100.64.0.9'], os: 'linux', known: null }],
    };
    expect(inventoryOf(textOf(found)).hosts[1]).toMatchObject({
      name: 'nas',
      tailscale: 'three-body',
    });
  });

  test('a list of comments alone is empty, not null', () => {
    const context = 'x\u0000${y';
    const cluster = { context, kubeconfig: '~/.kube/config', others: [], uid: null, workloads: [] };
    const text = textOf({ cluster });
    expect(text).toContain('\nclusters: []\n');
    expect(inventoryOf(text).clusters).toEqual([]);
  });

  test('workloads of two namespaces name theirs, and none is told without its cluster', () => {
    const workloads = [
      { namespace: 'a', kind: 'deployment', name: 'web' },
      { namespace: 'b', kind: 'deployment', name: 'web' },
    ];
    const cluster = { context: 'c', kubeconfig: '~/k', others: [], uid: null, workloads };
    expect(inventoryOf(textOf({ cluster })).services.map(({ manager }) => manager)).toEqual([
      { kind: 'k8s', cluster: 'c', workload: 'a/deployment/web' },
      { kind: 'k8s', cluster: 'c', workload: 'b/deployment/web' },
    ]);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a name that a machine may bear
    const refused = { ...cluster, context: '${c}' };
    expect(inventoryOf(textOf({ cluster: refused })).services).toEqual([]);
  });

  test('an Inngest server that did not prove itself is a port and no more', () => {
    const open = { ...portOf(8288, false), name: 'port-8288', words: [] };
    const { inngest, services } = inventoryOf(textOf({ ports: [open] }));
    expect({ inngest, name: services[0]?.name }).toEqual({ inngest: [], name: 'port-8288' });
  });

  test('what is beyond 200 entries is named in a comment', () => {
    const aliases = Array.from({ length: 203 }, (_, n) => aliasOf(`h${n}`));
    const text = textOf({ aliases });
    expect(inventoryOf(text).hosts).toHaveLength(201);
    expect(text).toContain('# - 3 more: h200, h201, h202');
  });
});
