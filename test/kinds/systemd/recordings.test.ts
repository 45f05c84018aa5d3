import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../look.ts';
import { lookAtText, recorded } from './ask.ts';

const verdicts: readonly (readonly [string, string])[] = [
  ['bad-setting', 'down: its file has a bad setting, so it cannot be started'],
  ['failed-exit', 'down: failed: exit 2'],
  ['failed-signal', 'down: failed: SIGSEGV'],
  ['failed-timeout', 'down: failed: a timeout'],
  ['file-changed', 'degraded: its file was changed: systemctl daemon-reload'],
  ['inactive', 'down: inactive'],
  ['masked', 'down: masked: it cannot be started'],
  ['mount', 'up: mounted'],
  ['never-ran', 'down: never ran: exit 203 (EXEC); look at its program, folder, user and paths'],
  ['not-found', 'down: there is no such unit'],
  ['oneshot-at-work', 'up: running'],
  ['oneshot-done', 'idle: oneshot, last run ended well'],
  ['oneshot-failed', 'down: failed: exit 1'],
  ['oneshot-stays', 'up: done, and counts as active'],
  ['path', 'idle: waiting for its path'],
  ['reloading', 'up: running, reloads its configuration'],
  ['restart-due', 'down: waits to be started again after exit 3'],
  ['restarted-on-failure', 'up: running'],
  ['restarted', 'up: running'],
  ['running', 'up: running'],
  ['socket', 'idle: listening'],
  ['start-limit-hit', 'down: failed: exit 1; not started any more: start limit hit'],
  ['starting', 'unknown: starting'],
  ['stopping', 'unknown: stopping'],
  ['target', 'up: reached'],
  ['timer-elapsed', 'degraded: never elapses: its times are past'],
  ['timer-since-boot', 'idle: timer, has not elapsed yet'],
  ['timer-unit-failed', 'degraded: the last run of oncefails.service ended with exit 1'],
  ['timer-waiting', 'idle: timer, last run ended well'],
  ['user-running', 'up: running'],
];

describe('the recordings of systemctl show', () => {
  it.each(verdicts)('%s is %s', async (name, verdict) => {
    expect(verdictOf(await lookAtText(recorded(name)))).toBe(verdict);
  });

  it('are all here', () => {
    const folder = new URL('../../fixtures/systemctl/', import.meta.url);
    const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
    expect(verdicts.map(([name]) => `${name}.txt`)).toEqual(names.toSorted());
  });
});

describe('what a recording tells', () => {
  it('of a service is in the facts', async () => {
    const { facts } = await lookAtText(recorded('running'));
    expect(facts).toMatchObject({
      unit: 'works.service',
      unitType: 'service',
      activeState: 'active',
      subState: 'running',
      serviceType: 'simple',
      restart: 'no',
      pid: 84,
      starts: 0,
      badExit: null,
      lastExit: null,
      unitFileState: 'enabled',
      path: '/etc/systemd/system/works.service',
      dropIns: ['/etc/systemd/system/works.service.d/nice.conf'],
      needsDaemonReload: false,
      controlGroup: '/system.slice/works.service',
      activeSince: '2026-02-18T08:52:20Z',
      runningSeconds: 460,
      timer: null,
      isCutOff: false,
    });
  });

  it('of a timer is when it elapses, and how its unit is', async () => {
    const timerOf = async (name: string) => (await lookAtText(recorded(name))).facts['timer'];
    expect(await timerOf('timer-waiting')).toEqual({
      nextAt: '2026-02-18T10:00:00Z',
      lastAt: '2026-02-18T09:00:00Z',
      elapses: true,
      overdue: false,
      triggers: 'once.service',
      triggered: { loadState: 'loaded', activeState: 'inactive', lastExit: '0', badExit: null },
    });
    // Two hours after a boot that the recording puts at 02:06:22 of its day.
    expect(await timerOf('timer-since-boot')).toMatchObject({
      nextAt: '2026-02-18T10:50:26Z',
      lastAt: null,
    });
    expect(await timerOf('timer-elapsed')).toMatchObject({ nextAt: null, elapses: false });
  });

  it('of a user unit names the user’s slice', async () => {
    const { facts } = await lookAtText(recorded('user-running'));
    expect(facts['controlGroup']).toBe(
      '/user.slice/user-1001.slice/user@1001.service/app.slice/mine.service',
    );
  });
});
