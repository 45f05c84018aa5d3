import { describe, expect, test } from 'vitest';
import { needsOf } from '../../../src/commands/doctor/needs.ts';
import { askAgent } from '../../../src/commands/doctor/ssh-agent.ts';
import { sshItems } from '../../../src/commands/doctor/ssh-items.ts';
import { type KeyFile, keysFinding } from '../../../src/commands/doctor/ssh-keys.ts';
import { askSettings, settingsOf } from '../../../src/commands/doctor/ssh-settings.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import { inventoryOf } from '../../inventory/read.ts';
import { localHost, sshHost } from '../../kinds/look.ts';
import { type Call, said } from '../../kinds/strict-transports.ts';
import { groundOf, told } from './ground.ts';

const declared = {
  host: 'nas',
  port: 22,
  user: null,
  identityFile: null,
  knownHosts: ['~/.ssh/known_hosts'],
  proxyJump: null,
  client: 'ssh2',
} as const;
const place = { home: '/home/joel', env: { SSH_AUTH_SOCK: '/run/agent', OTHER: '/run/other' } };
const printed = `user joel
hostname nas.lan
port 2222
identityfile ~/.ssh/nas
identityfile /keys/second
userknownhostsfile /home/joel/.ssh/known_hosts /home/joel/.ssh/known_hosts2
globalknownhostsfile /etc/ssh/ssh_known_hosts
proxyjump bastion
`;

describe('where ssh goes', () => {
  test('is what `ssh -G` prints for what the inventory leaves open', () => {
    expect(settingsOf(declared, printed, place)).toEqual({
      hostname: 'nas.lan',
      port: 2222,
      user: 'joel',
      keys: ['/home/joel/.ssh/nas', '/keys/second'],
      declared: false,
      knownHosts: [
        '/home/joel/.ssh/known_hosts',
        '/home/joel/.ssh/known_hosts2',
        '/etc/ssh/ssh_known_hosts',
      ],
      names: ['[nas.lan]:2222', 'nas.lan'],
      agent: '/run/agent',
      jump: 'bastion',
    });
  });

  test('is the inventory’s own word where it has one', () => {
    const own = { ...declared, port: 23, user: 'root', identityFile: '~/k', proxyJump: 'j' };
    expect(settingsOf(own, printed, place)).toMatchObject({
      port: 23,
      user: 'root',
      keys: ['/home/joel/k'],
      declared: true,
      jump: 'j',
    });
  });

  test.each([
    ['identityagent none', null],
    ['identityagent SSH_AUTH_SOCK', '/run/agent'],
    ['identityagent $OTHER', '/run/other'],
    ['identityagent ~/.1password/agent.sock', '/home/joel/.1password/agent.sock'],
  ])('%s is the agent %s', (line, agent) => {
    expect(settingsOf(declared, `${line}\n`, place).agent).toBe(agent);
  });

  const ask = (answer: object): Call => ({
    verb: 'exec',
    request: { host: 'this machine', argv: ['ssh', '-G', '-p', '2222', '--', 'nas.local'] },
    answer,
  });

  test('is the inventory alone where there is no ssh', async () => {
    const { ground } = groundOf([ask(new FaultError(faultOf('tool-missing', 'not installed')))]);
    const { hostname, port, keys } = await askSettings(ground, sshHost);
    expect({ hostname, port, first: keys[0] }).toEqual({
      hostname: 'nas.local',
      port: 2222,
      first: '/home/joel/.ssh/id_ed25519',
    });
  });

  test('an ssh that does not read its settings says why', async () => {
    const stderr = '/home/joel/.ssh/config: line 3: Bad configuration option: hostt\n';
    const { ground } = groundOf([ask(said('', { exitCode: 255, stderr }))]);
    await expect(askSettings(ground, sshHost)).rejects.toThrow('line 3: Bad configuration option');
  });

  test('a host without ssh of its own is asked by its name', async () => {
    const argv = ['ssh', '-G', '--', 'panda'];
    const call: Call = { verb: 'exec', request: { host: 'this machine', argv }, answer: said('') };
    const { ground } = groundOf([call]);
    expect(await askSettings(ground, localHost)).toMatchObject({ hostname: 'panda', port: 22 });
  });
});

describe('an agent', () => {
  const ask = (exitCode: number, stdout: string): Call => ({
    verb: 'exec',
    request: { host: 'this machine', argv: ['env', 'SSH_AUTH_SOCK=/a', 'ssh-add', '-l'] },
    answer: said(stdout, { exitCode }),
  });
  test.each([
    [0, '256 SHA256:abc joel@x (ED25519)\n', { is: 'there', socket: '/a', keys: ['SHA256:abc'] }],
    [1, 'The agent has no identities.\n', { is: 'there', socket: '/a', keys: [] }],
    [2, '', { is: 'silent', socket: '/a' }],
  ])('that ends with %i', async (code, stdout, wanted) => {
    expect(await askAgent('/a', groundOf([ask(code, stdout)]).ground)).toEqual(wanted);
  });
  test('that nobody names is none', async () => {
    expect(await askAgent(null, groundOf([]).ground)).toEqual({ is: 'none' });
  });
});

describe('a host that is reached by ssh', () => {
  const inventory = inventoryOf(`version: 1
name: x
hosts: [{name: nas, access: ssh, ssh: {host: nas.lan}}]
services:
  - {name: a, host: nas, checks: [{kind: command, argv: [docker, ps]}]}
  - {name: b, host: nas, manager: {kind: systemd, unit: b.service}}
`);
  const settings: Call = {
    verb: 'exec',
    request: { host: 'this machine', argv: ['ssh', '-G', '--', 'nas.lan'] },
    answer: said('user joel\nhostname nas.lan\nport 22\n'),
  };
  const which = (program: string, answer: object): Call => ({
    verb: 'exec',
    request: { host: 'nas', argv: ['sh', '-c', 'command -v "$1"', 'sh', program] },
    answer,
  });
  const lookAt = async (calls: readonly Call[], login?: Error) => {
    const { ground, unused } = groundOf(calls);
    const machine = login ? () => Promise.reject(login) : ground.transports.machine;
    const transports = { ...ground.transports, machine };
    const found = sshItems({ ...ground, transports }, needsOf(inventory, 'here'));
    const items = (await Promise.all(found)).flat();
    expect(unused()).toEqual([]);
    return items.slice(1).map((item) => `${item.title} ${told(item)}`);
  };

  test('is logged into, and its own programs are looked for there', async () => {
    const calls = [
      settings,
      which('systemctl', said('/usr/bin/systemctl\n')),
      which('docker', said('', { exitCode: 127 })),
    ];
    expect(await lookAt(calls)).toEqual([
      'nas: name ok: joel@nas.lan:22',
      'nas: host key missing: no known_hosts file has a key of nas.lan',
      'nas: keys missing: no key file, and no agent with one',
      'nas: agent not-needed: none is named (SSH_AUTH_SOCK)',
      'nas: login ok: linux, as user 501',
      'nas: systemctl ok: /usr/bin/systemctl',
      'nas: docker missing: docker is not on the PATH there',
    ]);
  });

  test('that refuses the login is asked for nothing more', async () => {
    const refused = new FaultError(faultOf('auth', 'joel@nas.lan takes none of the keys'));
    expect((await lookAt([settings], refused)).at(-1)).toBe(
      'nas: login missing: joel@nas.lan takes none of the keys',
    );
  });
});

describe('keys', () => {
  const settings = settingsOf(declared, printed, place);
  const own = settingsOf({ ...declared, identityFile: '/k/own' }, printed, place);
  const key: KeyFile = { path: '/k/one', mode: 0o600, encrypted: false, fingerprint: 'SHA256:one' };
  const locked = { ...key, encrypted: true };
  const agent = { is: 'there', socket: '/a', keys: ['SHA256:one'] } as const;
  const other = { ...agent, keys: ['SHA256:other'] };
  const none = { is: 'none' } as const;

  test.each([
    ['a plain key', settings, [key], none, 'ok: /k/one, 0600'],
    ['a key with a passphrase that the agent holds', settings, [locked], agent, 'ok: /k/one, 0600'],
    ['no file, an agent', settings, [], agent, 'ok: those that the agent holds'],
    ['nothing at all', settings, [], none, 'missing: no key file, and no agent with one'],
    ['the declared one is away', own, [], agent, 'missing: /k/own does not exist'],
    [
      'a declared one with a passphrase that the agent does not hold',
      own,
      [locked],
      other,
      'warning: /k/one has a passphrase and no agent holds it: nobody is asked for it',
    ],
    [
      'a key that others may read',
      settings,
      [{ ...key, mode: 0o644 }],
      none,
      'warning: /k/one is 0644: ssh does not take a key that others may read',
    ],
  ])('%s', (_title, from, found, held, wanted) => {
    expect(told({ fix: '', ...keysFinding(from, found, held) })).toBe(wanted);
  });

  test('what to do names the host', () => {
    expect(keysFinding(settings, [], none).fix).toBe(
      'ssh-keygen -t ed25519\nssh-copy-id -p 2222 joel@nas.lan',
    );
    expect(keysFinding(settings, [locked], none).fix).toBe('eval "$(ssh-agent)"\nssh-add /k/one');
  });
});
