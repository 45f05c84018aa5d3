import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../src/model/errors.ts';
import { floodFault } from '../../../src/transports/flood.ts';
import { previousOf, sshHost, verdictOf } from '../look.ts';
import { said } from '../strict-transports.ts';
import { lookAt, recorded, show } from './ask.ts';

const running = said(recorded('running'));
const refused = (stderr: string, exitCode = 1) => said('', { exitCode, stderr: `${stderr}\n` });

describe('a unit is asked for', () => {
  it('as a service when its name has no suffix', async () => {
    const result = await lookAt({ unit: 'works' }, [show(['works.service'], running)]);
    expect(verdictOf(result)).toBe('up: running');
  });

  it('with a dot in its name that is no suffix', async () => {
    const result = await lookAt({ unit: 'a.b' }, [show(['a.b.service'], running)]);
    expect(verdictOf(result)).toBe('up: running');
  });

  it('of the user who asks in that user’s runtime folder, over ssh as here', async () => {
    const calls = [
      show(['mine.service'], said(recorded('user-running')), { user: true, host: 'nas' }),
    ];
    const result = await lookAt({ unit: 'mine', user: true }, calls, { host: sshHost });
    expect(verdictOf(result)).toBe('up: running');
  });

  it('together with what a timer starts, asked again only when that has another name', async () => {
    const [timer = '', once = ''] = recorded('timer-waiting').split('\n\n');
    const spec = { unit: 'hourly.timer' };
    const first = await lookAt(spec, [
      show(['hourly.timer', 'hourly.service'], said(`${timer}\n\n${recorded('not-found')}`)),
      show(['once.service'], said(once)),
    ]);
    expect(verdictOf(first)).toBe('idle: timer, last run ended well');
    const calls = [show(['hourly.timer', 'once.service'], said(recorded('timer-waiting')))];
    const second = await lookAt(spec, calls, { previous: previousOf(first) });
    expect(verdictOf(second)).toBe('idle: timer, last run ended well');
  });

  it.each(['a b', 'a/b', '*', 'x;y', ''])('never by the name "%s"', async (unit) => {
    await expect(lookAt({ unit }, [])).rejects.toThrow(/unit/);
  });
});

describe('systemd that cannot be asked is unknown', () => {
  it.each([
    [
      "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down",
      'tool-missing',
      'this host was not booted with systemd',
    ],
    [
      'Failed to connect to bus: Permission denied',
      'forbidden',
      'systemd does not answer this user: Failed to connect to bus: Permission denied',
    ],
    [
      'Failed to connect to bus: No such file or directory',
      'protocol',
      'systemd cannot be reached: Failed to connect to bus: No such file or directory',
    ],
    ['Unknown operation show', 'protocol', 'systemctl show ended with 1: Unknown operation show'],
    ['', 'protocol', 'systemctl show ended with 1'],
  ])('when it says %j', async (stderr, code, message) => {
    const result = await lookAt({ unit: 'x' }, [show(['x.service'], refused(stderr))]);
    expect(verdictOf(result)).toBe(`unknown: ${message}`);
    expect(result.fault).toMatchObject({ code, side: 'prober' });
  });

  it.each(['No such file or directory', 'No medium found'])(
    'for a user without a manager: %s',
    async (why) => {
      const answer = refused(`Failed to connect to bus: ${why}`);
      const calls = [show(['x.service'], answer, { user: true })];
      const result = await lookAt({ unit: 'x', user: true }, calls);
      expect(verdictOf(result)).toBe(
        'unknown: no user manager runs for uid 501: its units cannot be asked for',
      );
      expect(result.fault?.hint).toBe('let it run without a login: loginctl enable-linger');
    },
  );

  it('where it is not installed', async () => {
    const answer = refused('env: ‘systemctl’: No such file or directory', 127);
    const result = await lookAt({ unit: 'x' }, [show(['x.service'], answer)]);
    expect([verdictOf(result), result.fault?.code]).toEqual([
      'unknown: there is no systemctl',
      'tool-missing',
    ]);
  });

  it('where its program was ended, or says too much', async () => {
    const ended = said('', { exitCode: null, signal: 'SIGKILL' });
    const result = await lookAt({ unit: 'x' }, [show(['x.service'], ended)]);
    expect(verdictOf(result)).toBe('unknown: systemctl was ended by SIGKILL');
    const long = new FaultError(floodFault('systemctl', 1024 * 1024));
    const other = await lookAt({ unit: 'x' }, [{ ...show(['x.service'], said('')), answer: long }]);
    expect(verdictOf(other)).toBe('unknown: systemctl said more than 1 MiB');
  });

  it('on a Mac', async () => {
    const result = await lookAt({ unit: 'x' }, [], { platform: 'darwin' });
    expect(verdictOf(result)).toBe('unknown: panda has no systemd: it is not Linux');
  });

  it('on a Mac behind ssh, which is known to be one when it lacks the program', async () => {
    const answer = refused("env: 'systemctl': No such file or directory", 127);
    const calls = [show(['x.service'], answer, { host: 'nas' })];
    const result = await lookAt({ unit: 'x' }, calls, { host: sshHost, platform: 'darwin' });
    expect(verdictOf(result)).toBe('unknown: nas has no systemd: it is not Linux');
  });
});
