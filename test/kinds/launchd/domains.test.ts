import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import { previousOf, sshHost, verdictOf } from '../look.ts';
import { nowMs, said } from '../strict-transports.ts';
import {
  disabledOf,
  label,
  launchctl,
  lookAt,
  noSuchDomain,
  notThere,
  plists,
  print,
  printed,
} from './ask.ts';

const running = said(printed(['state = running', 'runs = 1', 'pid = 7']));
const agents = '~/Library/LaunchAgents/';
const daemons = '/Library/LaunchDaemons/';
const disabled = `disabled services = {\n\t"${label}" => disabled\n}\n`;

describe('the domains', () => {
  it('are asked in turn until one knows the label', async () => {
    const system = await lookAt([
      notThere('gui/501'),
      notThere('user/501'),
      print('system', running),
    ]);
    expect([verdictOf(system), system.facts['domain']]).toEqual(['up: running', 'system']);
    const user = await lookAt([noSuchDomain('gui/501'), print('user/501', running)]);
    expect([verdictOf(user), user.facts['domain']]).toEqual(['up: running', 'user/501']);
  });

  it('are those of who asks', async () => {
    const result = await lookAt([print('gui/777', running)], { uid: 777 });
    expect(result.facts['domain']).toBe('gui/777');
  });

  it('begin with the one that knew it the last time: a unit that is well costs one process', async () => {
    const first = await lookAt([
      notThere('gui/501'),
      notThere('user/501'),
      print('system', running),
    ]);
    const second = await lookAt([print('system', running)], { previous: previousOf(first) });
    expect(verdictOf(second)).toBe('up: running');
    const moved = [notThere('system'), print('gui/501', running)];
    const third = await lookAt(moved, { previous: previousOf(second) });
    expect(third.facts['domain']).toBe('gui/501');
  });

  it('know nothing without a GUI session: that is unknown, and is said', async () => {
    const calls = [noSuchDomain('gui/501'), notThere('user/501'), notThere('system')];
    const result = await lookAt([...calls, ...plists(), disabledOf('user/501')]);
    expect(verdictOf(result)).toBe('unknown: no GUI session: there is no gui/501');
  });

  it('need no GUI session for a daemon, whose plist says where it belongs', async () => {
    const calls = [noSuchDomain('gui/501'), notThere('user/501'), notThere('system')];
    const result = await lookAt([...calls, ...plists(daemons), disabledOf('system')]);
    expect(verdictOf(result)).toBe(`down: not loaded, though ${daemons}${label}.plist is there`);
  });

  it('that are all away are unknown', async () => {
    const calls = ['gui/501', 'user/501', 'system'].map(noSuchDomain);
    const result = await lookAt([...calls, ...plists()]);
    expect(result.verdict.state).toBe('unknown');
  });

  it('of which one refuses in words of its own are unknown, and the words are told', async () => {
    const refused = said('', { exitCode: 1, stderr: 'Operation not permitted\n' });
    const calls = [print('gui/501', refused), notThere('user/501'), notThere('system')];
    const result = await lookAt([...calls, ...plists(agents), disabledOf('gui/501')]);
    expect(verdictOf(result)).toBe(
      'unknown: launchctl print gui/501: exit 1: Operation not permitted',
    );
  });

  it('that know nothing of a plist that is there: it is not loaded', async () => {
    const calls = ['gui/501', 'user/501', 'system'].map(notThere);
    const result = await lookAt([...calls, ...plists(agents), disabledOf('gui/501')]);
    expect(verdictOf(result)).toBe(`down: not loaded, though ${agents}${label}.plist is there`);
    expect(result.facts).toMatchObject({ domain: null, path: `${agents}${label}.plist` });
  });

  it('that know nothing of a job still leave what its plist says of its logs', async () => {
    const calls = ['gui/501', 'user/501', 'system'].map(notThere);
    const [first, ...others] = plists(agents);
    const text = `<plist><dict><key>Label</key><string>${label}</string><key>StandardErrorPath</key><string>/tmp/x.err</string></dict></plist>`;
    const plist = { ...(first as NonNullable<typeof first>), answer: text };
    const result = await lookAt([...calls, plist, ...others, disabledOf('gui/501')]);
    expect(result.facts).toMatchObject({ logs: { stdout: null, stderr: '/tmp/x.err' } });
  });

  it('are asked whether a label that is missing or stopped is disabled', async () => {
    const calls = ['gui/501', 'user/501', 'system'].map(notThere);
    const missing = await lookAt([...calls, ...plists(), disabledOf('gui/501', disabled)]);
    expect(verdictOf(missing)).toBe('down: disabled, and not loaded');
    const stopped = said(
      printed(['state = not running', 'last exit code = 0', 'properties = keepalive']),
    );
    const calls2 = [print('gui/501', stopped), disabledOf('gui/501', disabled)];
    expect(verdictOf(await lookAt(calls2))).toBe('down: disabled, and not running');
  });

  it('that do not say what is disabled change nothing', async () => {
    const stopped = said(printed(['state = not running', 'properties = keepalive']));
    const silent = launchctl(['print-disabled', 'gui/501'], said('', { exitCode: 1 }));
    const result = await lookAt([print('gui/501', stopped), silent]);
    expect(verdictOf(result)).toBe('down: not running');
  });
});

describe('a label that stays missing', () => {
  const everywhere = ['gui/501', 'user/501', 'system'].map(notThere);

  it('costs one process in a sample, and is looked for in each domain in turn', async () => {
    let last = await lookAt([...everywhere, ...plists(agents), disabledOf('gui/501')]);
    const turns = [
      notThere('gui/501'),
      notThere('user/501'),
      notThere('gui/501'),
      notThere('system'),
      notThere('gui/501'),
      disabledOf('gui/501', disabled),
      notThere('gui/501'),
    ];
    for (const turn of turns) {
      last = await lookAt([turn, ...plists(agents)], { previous: previousOf(last) });
    }
    expect(verdictOf(last)).toBe('down: disabled, and not loaded');
    const loaded = await lookAt([print('user/501', running)], { previous: previousOf(last) });
    expect([verdictOf(loaded), loaded.facts['domain']]).toEqual(['up: running', 'user/501']);
  });

  it('without any domain that it could be in is asked of each of them', async () => {
    const gone = ['gui/501', 'user/501', 'system'].map(noSuchDomain);
    let last = await lookAt([...gone, ...plists()]);
    for (const turn of gone) {
      last = await lookAt([turn, ...plists()], { previous: previousOf(last) });
      expect(last.verdict.state).toBe('unknown');
    }
  });

  it('is asked for everywhere when the last sample is old', async () => {
    const all = [...everywhere, ...plists(), disabledOf('gui/501')];
    const first = await lookAt(all);
    await lookAt(all, { previous: previousOf(first), atMs: nowMs + 121_000 });
  });
});

describe('a unit that stays down', () => {
  const stopped = print('gui/501', said(printed(['state = not running', 'last exit code = 3'])));

  it('is asked once a minute whether it is disabled', async () => {
    const first = await lookAt([stopped, disabledOf('gui/501', disabled)]);
    expect(verdictOf(first)).toBe('down: disabled, and not running');
    const soon = await lookAt([stopped], { previous: previousOf(first), atMs: nowMs + 59_000 });
    expect(verdictOf(soon)).toBe('down: disabled, and not running');
    const later = await lookAt([stopped, disabledOf('gui/501')], {
      previous: previousOf(soon),
      atMs: nowMs + 60_000,
    });
    expect(verdictOf(later)).toContain('exit');
  });
});

describe('where nobody can look', () => {
  it('as this is no Mac, it is unknown and no process is started', async () => {
    const result = await lookAt([], { platform: 'linux' });
    expect(verdictOf(result)).toBe('unknown: panda has no launchd: it is not a Mac');
    expect(result.fault?.code).toBe('tool-missing');
  });

  it('as launchctl is missing, it is unknown', async () => {
    const missing = new FaultError(faultOf('tool-missing', '/bin/launchctl is not installed'));
    const result = await lookAt([{ ...print('gui/501', running), answer: missing }]);
    expect(verdictOf(result)).toBe('unknown: /bin/launchctl is not installed');
  });

  it('as launchctl was killed, it is unknown', async () => {
    const killed = said('', { exitCode: null, signal: 'SIGKILL' });
    const result = await lookAt([print('gui/501', killed)]);
    expect(verdictOf(result)).toBe('unknown: launchctl was ended by SIGKILL');
  });

  it('as the transports do not reach the host, it is as they say', async () => {
    const far = {
      ...print('gui/501', running),
      request: { host: 'nas', argv: ['/bin/launchctl', 'print', `gui/501/${label}`] },
    };
    const answer = new FaultError(faultOf('tool-missing', 'not over ssh'));
    const result = await lookAt([{ ...far, answer }], { host: sshHost });
    expect(verdictOf(result)).toBe('unknown: not over ssh');
  });
});
