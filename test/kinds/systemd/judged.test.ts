import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/model/json.ts';
import type { Result } from '../../../src/model/result.ts';
import { previousOf, verdictOf } from '../look.ts';
import { nowMs } from '../strict-transports.ts';
import { lookAtText, recorded, withValues } from './ask.ts';

async function verdict(name: string, values: Readonly<Record<string, string>>): Promise<string> {
  return verdictOf(await lookAtText(withValues(recorded(name), values)));
}

/** The sample as one that was taken before, with some of its facts changed. */
function then(result: Result, facts: JsonObject = {}) {
  const previous = previousOf(result);
  return { previous: { ...previous, facts: { ...previous.facts, ...facts } } };
}

describe('a service', () => {
  it.each([
    ['running', { MainPID: '0' }, 'up: running'],
    [
      'running',
      { SubState: 'exited' },
      'unknown: its state "active (exited)" is not known to this version',
    ],
    [
      'running',
      { SubState: 'dreaming' },
      'unknown: its state "active (dreaming)" is not known to this version',
    ],
    [
      'running',
      { ActiveState: 'asleep' },
      'unknown: its state "asleep" is not known to this version',
    ],
    ['running', { ActiveState: 'maintenance' }, 'unknown: its files are being cleaned'],
    [
      'running',
      { LoadState: 'stub' },
      'unknown: its load state "stub" is not known to this version',
    ],
    ['running', { LoadState: 'not-found' }, 'degraded: runs, but its file is gone'],
    ['running', { LoadState: 'masked' }, 'degraded: runs, but is masked: it would not start again'],
    [
      'running',
      { LoadState: 'error', ActiveState: 'inactive' },
      'down: its file cannot be read, so it cannot be started',
    ],
    [
      'failed-exit',
      { NeedDaemonReload: 'yes' },
      'down: failed: exit 2; its file was changed: systemctl daemon-reload',
    ],
    [
      'failed-exit',
      { ExecMainCode: '3', ExecMainStatus: '6', Result: 'core-dump' },
      'down: failed: SIGABRT, core dumped',
    ],
    [
      'failed-exit',
      { ExecMainCode: '2', ExecMainStatus: '9', Result: 'oom-kill' },
      'down: failed: out of memory',
    ],
    [
      'failed-exit',
      { ExecMainCode: '2', ExecMainStatus: '40', Result: 'signal' },
      'down: failed: signal 40',
    ],
    [
      'failed-exit',
      { ExecMainCode: '0', Result: 'start-limit-hit' },
      'down: failed: its start limit; not started any more: start limit hit',
    ],
    ['failed-exit', { ExecMainCode: '0', Result: 'novel' }, 'down: failed: novel'],
    ['failed-exit', { Result: 'success' }, 'down: failed: its result is not told'],
    ['inactive', { UnitFileState: 'disabled' }, 'down: inactive, and not enabled'],
    [
      'inactive',
      { Result: 'exit-code', ExecMainCode: '1', ExecMainStatus: '4' },
      'down: inactive after exit 4',
    ],
    [
      'inactive',
      { TriggeredBy: 'stopped.socket' },
      'idle: waits for stopped.socket, has not run since it was loaded',
    ],
    ['oneshot-done', { ExecMainCode: '0' }, 'idle: oneshot, has not run since it was loaded'],
    [
      'oneshot-done',
      { ExecMainCode: '1', ExecMainStatus: '1', Result: 'exit-code' },
      'degraded: its last run ended with exit 1',
    ],
    [
      'oneshot-done',
      { SubState: 'odd' },
      'unknown: its state "inactive (odd)" is not known to this version',
    ],
    ['oneshot-stays', { ActiveState: 'inactive', SubState: 'dead' }, 'down: inactive'],
    ['oneshot-at-work', { SubState: 'odd' }, 'unknown: starting'],
    ['reloading', { SubState: 'odd' }, 'unknown: reloading'],
    [
      'restart-due',
      { SubState: 'auto-restart-queued' },
      'down: waits to be started again after exit 3',
    ],
    [
      'restart-due',
      { ActiveState: 'inactive', SubState: 'dead-before-auto-restart', Result: 'success' },
      'down: waits to be started again',
    ],
  ])('as in %s with %j is %s', async (name, values, expected) => {
    expect(await verdict(name, values)).toBe(expected);
  });

  it('that crashes is named with its second sample, also while it runs', async () => {
    const due = recorded('restart-due');
    const [, starts = ''] = /^NRestarts=(\d+)$/m.exec(due) ?? [];
    const first = await lookAtText(due);
    const again = withValues(recorded('restarted'), { NRestarts: `${Number(starts) + 1}` });
    const second = await lookAtText(again, then(first));
    expect(verdictOf(second)).toBe('degraded: restarted after exit 3');
    const third = await lookAtText(
      withValues(due, { NRestarts: `${Number(starts) + 1}` }),
      then(second),
    );
    expect(verdictOf(third)).toBe('down: waits to be started again after exit 3; restarted');
  });

  it('that only failures restart has failed when it was restarted, though nobody saw it', async () => {
    const at = (starts: number) =>
      withValues(recorded('restarted-on-failure'), { NRestarts: `${starts}` });
    const first = await lookAtText(at(0));
    expect(verdictOf(first)).toBe('up: running');
    const second = await lookAtText(at(1), then(first));
    expect(verdictOf(second)).toBe('degraded: restarted after a failure');
    expect(verdictOf(await lookAtText(at(0), then(second)))).toBe('up: running');
  });

  it('that has begun lately after many restarts is degraded at the first look', async () => {
    const since = { ActiveEnterTimestamp: 'Wed 2026-02-18 08:59:52 UTC', NRestarts: '640' };
    const text = withValues(recorded('restarted'), since);
    const first = await lookAtText(text);
    expect(verdictOf(first)).toBe('degraded: running, after many restarts');
    expect(first.facts['runningSeconds']).toBe(8);
    expect(verdictOf(await lookAtText(text, then(first)))).toBe('up: running');
  });

  it('whose host’s clock is ahead does not seem to have begun lately', async () => {
    const since = { ActiveEnterTimestamp: 'Wed 2026-02-18 10:00:00 UTC', NRestarts: '640' };
    const result = await lookAtText(withValues(recorded('restarted'), since));
    expect([verdictOf(result), result.facts['runningSeconds']]).toEqual(['up: running', null]);
  });
});

describe('a unit between two states', () => {
  it.each([
    ['starting', 300, 'unknown: starting', 'down: does not get past "activating (start)"'],
    ['stopping', 300, 'unknown: stopping', 'down: does not get past "deactivating (stop-sigterm)"'],
    [
      'reloading',
      90,
      'up: running, reloads its configuration',
      'degraded: does not get past "reload"',
    ],
  ])('as in %s for longer than %i s is stuck', async (name, seconds, within, past) => {
    const text = recorded(name);
    const first = await lookAtText(text);
    expect(verdictOf(first)).toBe(within);
    const seenFor = (span: number) =>
      lookAtText(text, then(first, { changingSinceMs: nowMs - span * 1000 }));
    expect(verdictOf(await seenFor(seconds))).toBe(within);
    expect(verdictOf(await seenFor(seconds + 1))).toBe(past);
  });

  it('is stuck at the first look when its host says so by far more than clocks differ', async () => {
    const since = (time: string) =>
      verdict('starting', { StateChangeTimestamp: `Wed 2026-02-18 ${time} UTC` });
    expect(await since('08:51:00')).toBe('unknown: starting');
    expect(await since('08:49:00')).toBe('down: does not get past "activating (start)"');
  });

  it('begins anew with every change', async () => {
    const first = await lookAtText(recorded('starting'));
    const other = withValues(recorded('starting'), { SubState: 'start-post' });
    const result = await lookAtText(other, then(first, { changingSinceMs: nowMs - 9_000_000 }));
    expect(verdictOf(result)).toBe('unknown: starting');
  });

  it('without a timeout of its own has 90 s', async () => {
    const text = withValues(recorded('starting'), { TimeoutStartUSec: 'infinity' });
    expect((await lookAtText(text)).facts['limitSeconds']).toBe(90);
  });
});

describe('a timer', () => {
  it.each([
    ['timer-waiting', { SubState: 'running' }, 'up: its unit runs'],
    ['timer-waiting', { NextElapseUSecRealtime: '' }, 'degraded: waits, but has no next time'],
    [
      'timer-waiting',
      { NextElapseUSecRealtime: 'Wed 2026-02-18 08:51:00 UTC' },
      'idle: timer, last run ended well',
    ],
    [
      'timer-waiting',
      { NextElapseUSecRealtime: 'Wed 2026-02-18 08:49:00 UTC' },
      'degraded: overdue: its time has passed and it still waits',
    ],
    [
      'timer-elapsed',
      { LastTriggerUSec: 'Wed 2026-02-18 08:00:00 UTC' },
      'idle: timer, has elapsed for the last time',
    ],
    [
      'timer-waiting',
      { SubState: 'odd' },
      'unknown: its state "active (odd)" is not known to this version',
    ],
    [
      'timer-waiting',
      { ActiveState: 'inactive', SubState: 'dead' },
      'down: inactive, and not enabled',
    ],
  ])('as in %s with %j is %s', async (name, values, expected) => {
    expect(await verdict(name, values)).toBe(expected);
  });

  it('that starts what is not there is degraded', async () => {
    const [timer = ''] = recorded('timer-waiting').split('\n\n');
    const text = `${timer}\n\n${withValues(recorded('not-found'), { Id: 'once.service' })}`;
    expect(verdictOf(await lookAtText(text))).toBe(
      'degraded: it starts once.service, which is not-found',
    );
  });
});
