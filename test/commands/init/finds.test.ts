import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findAliases } from '../../../src/commands/init/find-aliases.ts';
import { findCluster } from '../../../src/commands/init/find-cluster.ts';
import { findPorts } from '../../../src/commands/init/find-ports.ts';
import { findTailnet } from '../../../src/commands/init/find-tailnet.ts';
import { findUnits } from '../../../src/commands/init/find-units.ts';
import { knownPorts } from '../../../src/commands/init/known-ports.ts';
import type { Looking } from '../../../src/commands/init/look.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { type FaultCode, faultOf } from '../../../src/model/fault.ts';
import {
  answered,
  type Call,
  type Machine,
  said,
  strictTransports,
} from '../../kinds/strict-transports.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'joelclaw-home-'));
});

afterEach(() => rm(home, { recursive: true }));

const lookingAt = (calls: readonly Call[], machine: Machine = {}, env = {}): Looking => {
  const { transports } = strictTransports(calls, machine);
  const { signal } = new AbortController();
  // What is there of the home is read as it is; whatever runs or answers is given.
  const live = { ...transports, readFile: readLive };
  return { transports: live, options: { timeoutMs: 5000, signal }, home, env };
};

async function readLive(_on: unknown, path: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(path.replace(/^~/, home), 'utf8').catch(() => {
    throw fault('not-found', `${path} does not exist`);
  });
}

const fault = (code: FaultCode, message: string) => new FaultError(faultOf(code, message));
const exec = (argv: readonly string[], answer: object, more = {}): Call => ({
  verb: 'exec',
  request: { host: 'this machine', argv, ...more },
  answer,
});

describe('open ports', () => {
  const tcp = (port: number, answer: object): Call => ({
    verb: 'tcp',
    request: { host: 'localhost', port },
    answer,
  });
  const open = { latencyMs: 1 };
  const look = (opened: Readonly<Record<number, object>>, more: readonly Call[]) => {
    const refused = fault('refused', 'connection refused');
    const asked = knownPorts.map(({ port }) => tcp(port, opened[port] ?? refused));
    return findPorts(lookingAt([...asked, ...more]));
  };
  const http = (url: string, status: number, unread: { headOnly?: true } = {}): Call => ({
    verb: 'http',
    request: { url, method: 'GET', headers: {}, tls: { insecure: false }, ...unread },
    answer: answered('{"status":200}', { status }),
  });

  test('none is nothing to tell of', async () => {
    expect(await look({}, [])).toEqual({ found: [], notLooked: [] });
  });

  test('what answers its own check has it, and what does not is a port and no more', async () => {
    const { found } = await look({ 8288: open, 6333: open }, [
      http('http://localhost:8288/health', 200),
      http('http://localhost:6333/readyz', 404, { headOnly: true }),
    ]);
    expect(found.map(({ name, proved, check }) => ({ name, proved, kind: check['kind'] }))).toEqual(
      [
        { name: 'inngest', proved: true, kind: 'http' },
        { name: 'port-6333', proved: false, kind: 'tcp' },
      ],
    );
    expect(found[1]?.remark).toContain('answered 404, expected 200');
  });

  test('a Redis that wants a password is one', async () => {
    const request = { url: 'redis://localhost:6379', commands: [['PING'], ['INFO']] };
    const call: Call = { verb: 'redis', request, answer: fault('auth', 'NOAUTH') };
    const { found } = await look({ 6379: open }, [call]);
    expect(found[0]).toMatchObject({
      name: 'redis',
      proved: true,
      remark: expect.stringMatching(/^NOAUTH: write redis:.* and set REDIS_PASSWORD in \.env$/),
    });
  });

  test('one that does not answer in time is not called closed', async () => {
    const late = fault('timeout', 'no answer from localhost:5432');
    expect(await look({ 5432: late }, [])).toEqual({
      found: [],
      notLooked: ['port 5432: no answer from localhost:5432'],
    });
  });
});

describe('a cluster', () => {
  const config = 'current-context: a@b\ncontexts: [{name: a@b}, {name: c}]\n';
  const list = (resource: string, answer: object): Call => ({
    verb: 'kube',
    request: { cluster: 'found', resource, namespace: null },
    answer,
  });
  const of = (...metadata: object[]) => ({
    items: metadata.map((one) => ({ metadata: one })),
    provenAtMs: 0,
  });
  beforeEach(async () => {
    await mkdir(join(home, '.kube'));
    await writeFile(join(home, '.kube/config'), config);
  });

  test('that answers tells its uid and what runs in it, but not its own parts', async () => {
    const calls = [
      list('namespaces', of({ name: 'kube-system', uid: 'u-1' })),
      list('statefulsets', of({ name: 'redis', namespace: 'joelclaw' })),
      list('deployments', of({ name: 'coredns', namespace: 'kube-system' })),
      list('daemonsets', of()),
    ];
    const { found } = await findCluster(lookingAt(calls));
    expect(found).toEqual({
      context: 'a@b',
      kubeconfig: '~/.kube/config',
      others: ['c'],
      uid: 'u-1',
      workloads: [{ namespace: 'joelclaw', kind: 'statefulset', name: 'redis' }],
    });
  });

  test('that does not answer is told by its context alone', async () => {
    const away = fault('refused', 'connection refused by 127.0.0.1:6443');
    const calls = ['namespaces', 'statefulsets', 'deployments', 'daemonsets'].map((one) =>
      list(one, away),
    );
    const { found, notLooked } = await findCluster(lookingAt(calls));
    expect(found).toMatchObject({ context: 'a@b', uid: null, workloads: [] });
    expect(notLooked).toEqual(['what runs in the cluster: connection refused by 127.0.0.1:6443']);
  });

  test.each([
    ['{', 'a cluster: ~/.kube/config has no current context'],
    ['contexts: [{name: x}]', 'a cluster: ~/.kube/config has no current context, only x'],
    [
      'current-context: gone\ncontexts: [{name: x}]',
      'a cluster: ~/.kube/config has no current context, only x',
    ],
  ])('of %j is told why it is none', async (text, line) => {
    await writeFile(join(home, '.kube/config'), text);
    expect(await findCluster(lookingAt([]))).toEqual({ found: null, notLooked: [line] });
  });

  test('is looked for where KUBECONFIG says', async () => {
    const env = { KUBECONFIG: `/nonexistent:${join(home, 'other')}` };
    expect((await findCluster(lookingAt([], {}, env))).notLooked[0]).toContain(
      'no /nonexistent or ',
    );
  });
});

describe('a tailnet', () => {
  const status = (peers: Record<string, object>, more = {}) =>
    exec(
      ['tailscale', 'status', '--json'],
      said(
        JSON.stringify({
          BackendState: 'Running',
          CurrentTailnet: { MagicDNSSuffix: 'tail.ts.net' },
          Self: { DNSName: 'panda.tail.ts.net.' },
          Peer: peers,
          ...more,
        }),
      ),
      { maxBytes: 8 * 1024 * 1024 },
    );

  test('has peers, without phones and without what is shared in', async () => {
    const call = status({
      a: { DNSName: 'three-body.tail.ts.net.', OS: 'linux', TailscaleIPs: ['100.64.0.3'] },
      b: { DNSName: 'phone.tail.ts.net.', OS: 'iOS' },
      c: { DNSName: 'de-fra.mullvad.ts.net.', OS: '' },
    });
    expect((await findTailnet(lookingAt([call]))).found).toEqual({
      label: 'panda',
      peers: [{ label: 'three-body', ips: ['100.64.0.3'], os: 'linux', known: null }],
    });
  });

  test('a peer that known_hosts has is known by that name', async () => {
    await mkdir(join(home, '.ssh'));
    const file = join(home, '.ssh/known_hosts');
    await writeFile(file, '');
    const keygen = (name: string, stdout: string) =>
      exec(['ssh-keygen', '-F', name, '-f', file], said(stdout));
    const call = status({ a: { DNSName: 'nas.tail.ts.net', OS: 'linux' } });
    const calls = [
      call,
      keygen('nas', ''),
      keygen('nas.tail.ts.net', '# Host found\nnas ssh-ed25519 AAAA\n'),
    ];
    const { found } = await findTailnet(lookingAt(calls));
    expect(found.peers[0]?.known).toBe('nas.tail.ts.net');
  });

  test('that is stopped is not looked at', async () => {
    const { found, notLooked } = await findTailnet(
      lookingAt([status({}, { BackendState: 'Stopped' })]),
    );
    expect({ found, notLooked }).toEqual({
      found: { label: null, peers: [] },
      notLooked: ['tailscale: it is Stopped'],
    });
  });
});

describe('units', () => {
  const systemctl = (
    scope: readonly string[],
    verb: string,
    more: readonly string[],
    answer: object,
  ) => exec(['systemctl', ...scope, verb, ...more], answer);
  const listing = [
    '--type=service,timer',
    '--state=enabled',
    '--no-pager',
    '--plain',
    '--no-legend',
  ];
  const showing = ['--no-pager', '--property=Id,FragmentPath,Description', '--'];

  test('of systemd are those that somebody put there, also this user’s own', async () => {
    const show = (unit: string, file: string) =>
      said(`Id=${unit}\nFragmentPath=${file}\nDescription=${unit} said\n`);
    const own = `${home}/.config/systemd/user/b.timer`;
    const { found, notLooked } = await findUnits(
      lookingAt([
        systemctl([], 'list-unit-files', listing, said('a.service enabled enabled\n')),
        systemctl(
          [],
          'show',
          [...showing, 'a.service'],
          show('a.service', '/etc/systemd/system/a.service'),
        ),
        systemctl(['--user'], 'list-unit-files', listing, said('b.timer enabled enabled\n')),
        systemctl(['--user'], 'show', [...showing, 'b.timer'], show('b.timer', own)),
      ]),
    );
    expect(found.map(({ unit, user }) => ({ unit, user }))).toEqual([
      { unit: 'a.service', user: false },
      { unit: 'b.timer', user: true },
    ]);
    expect(notLooked).toEqual([]);
  });

  test('where systemd does not run are not looked at, and why', async () => {
    const stderr = 'System has not been booted with systemd as init system (PID 1).\nmore\n';
    const { notLooked } = await findUnits(
      lookingAt([
        systemctl([], 'list-unit-files', listing, said('a.service enabled enabled\n')),
        systemctl([], 'show', [...showing, 'a.service'], said('', { exitCode: 1, stderr })),
        systemctl(['--user'], 'list-unit-files', listing, said('', { exitCode: 1 })),
      ]),
    );
    expect(notLooked).toEqual([
      'systemd: System has not been booted with systemd as init system (PID 1).',
      'systemd of this user: systemctl ended with 1 and said nothing',
    ]);
  });

  test('of a Mac are the plists of this user that are not Apple’s', async () => {
    const folder = join(home, 'Library/LaunchAgents');
    await mkdir(folder, { recursive: true });
    for (const name of ['com.joel.caddy.plist', 'com.apple.x.plist', '.DS_Store', 'notes.txt']) {
      await writeFile(join(folder, name), '');
    }
    const { found } = await findUnits(lookingAt([], { platform: 'darwin' }));
    expect(found).toContainEqual(
      expect.objectContaining({
        kind: 'launchd',
        unit: 'com.joel.caddy',
        file: `${folder}/com.joel.caddy.plist`,
      }),
    );
    expect(found.some(({ unit }) => /apple|notes|DS_Store/.test(unit))).toBe(false);
  });
});

describe('aliases of ssh', () => {
  test('are followed one Include deep, and the first of a name counts', async () => {
    await mkdir(join(home, '.ssh/conf.d/deep'), { recursive: true });
    const write = (name: string, text: string) => writeFile(join(home, '.ssh', name), text);
    await write('config', 'Include conf.d/* ~/.ssh/absent\nHost nas\n  User one\n');
    await write('conf.d/a', 'Host nas\n  User two\nHost box\nInclude deep/*\n');
    await write('conf.d/deep/b', 'Host never\n');
    const { found, notLooked } = await findAliases(lookingAt([]));
    expect(found.map(({ alias, user }) => `${alias} ${user}`)).toEqual(['nas one', 'box null']);
    expect(notLooked).toEqual([]);
  });

  test('without a file there are none, and that is told', async () => {
    const { found, notLooked } = await findAliases(lookingAt([]));
    expect({ found, notLooked }).toEqual({
      found: [],
      notLooked: ['~/.ssh/config: there is none'],
    });
  });
});
