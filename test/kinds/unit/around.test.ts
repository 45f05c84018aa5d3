import { describe, expect, it } from 'vitest';
import type { AroundFacts } from '../../../src/kinds/unit/facts.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import type { Result } from '../../../src/model/result.ts';
import type { ExecOutput } from '../../../src/transports/contract.ts';
import { serviceOf } from '../../model/made.ts';
import { previousOf, verdictOf } from '../look.ts';
import { type Call, nowMs, said } from '../strict-transports.ts';
import { lookAt, recorded, show, withValues } from '../systemd/ask.ts';

const service = { ...serviceOf('panda/x'), port: 3111 };
const unit = 'works.service';
const missing = new FaultError(faultOf('tool-missing', 'it is not installed'));

function exec(argv: readonly string[], answer: ExecOutput | Error): Call {
  return { verb: 'exec', request: { host: 'panda', argv }, answer };
}

function file(path: string, answer: string | Error): Call {
  return { verb: 'readFile', request: { host: 'panda', path }, answer };
}

const ss = (answer: ExecOutput | Error): Call =>
  exec(['ss', '-H', '-ltnp', 'sport = :3111'], answer);

const held = (...users: readonly string[]): Call =>
  ss(
    said(
      users.map((user) => `LISTEN 0      511    127.0.0.1:3111 0.0.0.0:*    ${user}\n`).join(''),
    ),
  );

function lookWith(
  calls: readonly Call[],
  values: Readonly<Record<string, string>> = {},
  previous?: ReturnType<typeof previousOf>,
): Promise<Result> {
  const text = withValues(recorded('running'), values);
  const more = previous ? { service, previous } : { service };
  return lookAt({ unit }, [show([unit], said(text)), ...calls], more);
}

async function holderOf(calls: readonly Call[]): Promise<unknown> {
  return (await lookWith(calls)).facts['portHolder'];
}

describe('who holds the port of a unit', () => {
  it('is its own process', async () => {
    expect(await holderOf([held('users:(("node",pid=84,fd=19))')])).toEqual({
      port: 3111,
      listening: true,
      holders: [{ pid: 84, name: 'node' }],
      isOwn: true,
    });
  });

  it.each([
    ['0::/system.slice/works.service\n', true],
    ['0::/system.slice/works.service/worker\n', true],
    ['9:name=systemd:/system.slice/works.service\n0::/\n', true],
    ['0::/system.slice/works.service.other\n', false],
    ['0::/user.slice/user-1000.slice/session-3.scope\n', false],
    ['nothing known', null],
  ])('is of it when its cgroup is: %j', async (text, isOwn) => {
    const calls = [held('users:(("bun",pid=90,fd=19))'), file('/proc/90/cgroup', text)];
    expect(await holderOf(calls)).toMatchObject({ isOwn });
  });

  it('is named when it is none of the unit’s, in the facts with its pid', async () => {
    const stray = file('/proc/90/cgroup', '0::/user.slice/user-1000.slice/session-3.scope\n');
    const result = await lookWith([held('users:(("bun",pid=90,fd=19))'), stray]);
    expect(verdictOf(result)).toBe('degraded: port 3111 is held by bun, not by this unit');
    expect(result.facts['portHolder']).toMatchObject({ holders: [{ pid: 90, name: 'bun' }] });
  });

  it('is a port-forward that stands in for it', async () => {
    const stray = file('/proc/90/cgroup', '0::/user.slice/session-3.scope\n');
    const result = await lookWith([held('users:(("kubectl",pid=90,fd=8))'), stray]);
    expect(verdictOf(result)).toBe(
      'degraded: port 3111 is held by kubectl, not by this unit: a port-forward stands in for it',
    );
  });

  it('may be its own that hides, beside another that is seen', async () => {
    const calls = [
      held('', 'users:(("bun",pid=90,fd=19))'),
      file('/proc/90/cgroup', '0::/user.slice/session-3.scope\n'),
    ];
    expect(await holderOf(calls)).toMatchObject({ isOwn: null });
  });

  it('may be another at another address, beside its own', async () => {
    const both = held('users:(("kubectl",pid=90,fd=8))', 'users:(("node",pid=84,fd=19))');
    expect(await holderOf([both])).toMatchObject({ isOwn: true });
  });

  it.each(['systemd', 'docker-proxy'])('may be %s, which holds it for others', async (name) => {
    const result = await lookWith([held(`users:(("${name}",pid=1,fd=44))`)]);
    expect(verdictOf(result)).toBe('up: running');
    expect(result.facts['portHolder']).toMatchObject({ isOwn: null });
  });

  it('is hidden from who is not root, which is no trouble', async () => {
    const result = await lookWith([held('')]);
    expect(verdictOf(result)).toBe('up: running');
    expect(result.facts['portHolder']).toMatchObject({ listening: true, holders: [], isOwn: null });
  });

  it('may be nobody, which is for other checks to judge', async () => {
    const result = await lookWith([ss(said(''))]);
    expect(verdictOf(result)).toBe('up: running');
    expect(result.facts['portHolder']).toMatchObject({ listening: false, isOwn: null });
  });

  it('is looked for in the kernel’s tables where there is no ss', async () => {
    const header = '  sl  local_address rem_address   st tx_queue rx_queue\n';
    const row = '   0: 0100007F:0C27 00000000:0000 0A 00000000:00000000 00:00000000\n';
    const calls = [
      ss(missing),
      file('/proc/net/tcp', header + row),
      file('/proc/net/tcp6', missing),
    ];
    expect(await holderOf(calls)).toMatchObject({ listening: true, holders: [] });
    const other = [ss(missing), file('/proc/net/tcp', header), file('/proc/net/tcp6', header)];
    expect(await holderOf(other)).toMatchObject({ listening: false });
  });

  it('is not known without any tool, and the unit is no worse', async () => {
    const calls = [ss(missing), file('/proc/net/tcp', missing), file('/proc/net/tcp6', missing)];
    const result = await lookWith(calls);
    expect([verdictOf(result), result.facts['portHolder']]).toEqual(['up: running', null]);
  });
});

describe('what stands around a unit', () => {
  const own = held('users:(("node",pid=84,fd=19))');

  it('is carried over for a minute, and looked at anew with another process', async () => {
    const first = await lookWith([own]);
    const at = (ageMs: number) => {
      const facts: JsonObject = { ...first.facts, aroundAtMs: nowMs - ageMs };
      return { ...previousOf(first), facts };
    };
    const later = await lookWith([], {}, at(59_000));
    expect(later.facts['portHolder']).toEqual(first.facts['portHolder']);
    expect(later.facts['aroundAtMs']).toBe(nowMs - 59_000);
    expect((await lookWith([own], {}, at(60_000))).facts['aroundAtMs']).toBe(nowMs);
    const restarted = held('users:(("node",pid=85,fd=19))');
    const anew = await lookWith([restarted], { MainPID: '85' }, at(1000));
    expect(anew.facts['portHolder']).toMatchObject({ holders: [{ pid: 85, name: 'node' }] });
  });

  it('is of no interest while it does not run', async () => {
    const argv = ['journalctl', '-q', '--no-pager', '-o', 'cat', '-n', '40'];
    const silent = exec([...argv, '_SYSTEMD_UNIT=failed.service'], said(''));
    const calls = [show(['failed.service'], said(recorded('failed-exit'))), silent];
    const result = await lookAt({ unit: 'failed' }, calls, { service });
    const none: Partial<AroundFacts> = { portHolder: null, survivesReboot: null, aroundAtMs: null };
    expect(result.facts).toMatchObject(none);
  });
});

const starters = (answer: ExecOutput, user = false): Call => {
  const own = user ? ['XDG_RUNTIME_DIR=/run/user/501', 'systemctl', '--user'] : ['systemctl'];
  const keys = '--property=WantedBy,RequiredBy,BoundBy,UpheldBy';
  return exec(['env', 'TZ=UTC', ...own, 'show', '--all', keys, '--', unit], answer);
};
const linger = (answer: ExecOutput): Call =>
  exec(['loginctl', 'show-user', '501', '--property=Linger'], answer);
const nobody = said('RequiredBy=\nWantedBy=\nBoundBy=\nUpheldBy=\n');
const docker = said('RequiredBy=docker.service\nWantedBy=\nBoundBy=\nUpheldBy=\n');

describe('a reboot', () => {
  const noPort = { ...service, port: null };

  it.each<[string, boolean, readonly Call[], boolean | null, string, string]>([
    ['enabled', false, [], true, 'enabled', 'up: running'],
    [
      'enabled-runtime',
      false,
      [],
      false,
      'enabled only until then',
      'degraded: would not start after a reboot: enabled only until then',
    ],
    ['static', false, [], null, 'static: started by another unit', 'up: running'],
    [
      'disabled',
      false,
      [starters(nobody)],
      false,
      'not enabled',
      'degraded: would not start after a reboot: not enabled',
    ],
    [
      'disabled',
      false,
      [starters(docker)],
      null,
      'not enabled: started by docker.service',
      'up: running',
    ],
    [
      'disabled',
      false,
      [starters(said('', { exitCode: 1 }))],
      null,
      'not enabled: started by ?',
      'up: running',
    ],
    [
      'enabled',
      true,
      [linger(said('Linger=yes\n'))],
      true,
      'enabled, and its user lingers',
      'up: running',
    ],
    [
      'enabled',
      true,
      [linger(said('Linger=no\n'))],
      null,
      'enabled: starts when its user logs in',
      'up: running',
    ],
    [
      'disabled',
      true,
      [starters(nobody, true)],
      false,
      'not enabled',
      'degraded: would not start after a reboot: not enabled',
    ],
  ])('with %s (user: %s) %#', async (state, user, calls, survivesReboot, rebootWhy, verdict) => {
    const text = withValues(recorded('running'), { UnitFileState: state });
    const asked = [show([unit], said(text), { user }), ...calls];
    const result = await lookAt({ unit, user }, asked, { service: noPort });
    expect(result.facts).toMatchObject({ survivesReboot, rebootWhy });
    expect(verdictOf(result)).toBe(verdict);
  });

  it('is not known of a word that nobody knows', async () => {
    const text = withValues(recorded('running'), { UnitFileState: 'novel' });
    const result = await lookAt({ unit }, [show([unit], said(text))], { service: noPort });
    expect(result.facts).toMatchObject({ survivesReboot: null, rebootWhy: null });
    expect(verdictOf(result)).toBe('up: running');
  });
});
