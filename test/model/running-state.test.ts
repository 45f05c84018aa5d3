import { describe, expect, it } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import type { FileKind } from '../../src/model/inventory.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { CheckReport } from '../../src/model/report.ts';
import { type RunningCase, runningState, withRunning } from '../../src/model/running-state.ts';

const at = '2026-02-18T09:00:00.000Z';
const unit = (facts: JsonObject, more: Partial<CheckReport> = {}): CheckReport => ({
  ...{ id: 'here/web/systemd', kind: 'systemd', name: 'systemd', state: 'up', note: '' },
  ...{ latencyMs: null, at, since: null, unwatchedUntil: null, because: null, fault: null, facts },
  streak: { toward: null, n: 0, of: 3 },
  ...more,
});
const runs = (kind: FileKind, seen: CheckReport | null, more: Partial<RunningCase> = {}) =>
  runningState({
    ...{ kind, unit: seen, isManaged: true, unreadSince: null, isLoaded: null, ...more },
  });

it.each<[FileKind, JsonObject | null, boolean | null, string | null, string | null]>([
  ['launchd', { domain: null }, null, null, 'it is not loaded'],
  [
    'launchd',
    { domain: 'gui/501', fileDiffers: ['Program'] },
    null,
    null,
    'launchd has loaded another Program',
  ],
  ['launchd', { domain: 'gui/501', fileDiffers: [] }, null, null, null],
  ['systemd', { loadState: 'not-found' }, null, null, 'systemd has not read it yet'],
  [
    'systemd',
    { loadState: 'loaded', needsDaemonReload: true },
    null,
    null,
    'systemd has not read it yet',
  ],
  ['systemd', { loadState: 'loaded', needsDaemonReload: false }, null, null, null],
  ['file', { loadState: 'not-found' }, null, null, null],
  ['caddyfile', null, false, null, 'Caddy runs with another configuration'],
  ['caddyfile', null, true, at, null],
  ['caddyfile', null, null, null, null],
  ['env', null, null, at, `what runs was not started anew since it was written at ${at}`],
  ['env', { activeSince: '2026-02-18T09:00:05.000Z' }, null, at, null],
  [
    'env',
    { activeSince: '2026-02-18T08:00:00.000Z' },
    null,
    at,
    `what runs was not started anew since it was written at ${at}`,
  ],
  ['file', { startedAtMs: Date.parse(at) + 5000 }, null, at, null],
  [
    'file',
    { startedAtMs: Date.parse(at) + 1000 },
    null,
    at,
    `what runs was not started anew since it was written at ${at}`,
  ],
  ['file', {}, null, null, null],
])('%s of a unit with %j, loaded by Caddy: %j', (kind, facts, isLoaded, unreadSince, reason) => {
  const seen = facts === null ? null : unit(facts);
  expect(runs(kind, seen, { isLoaded, unreadSince }).reason).toBe(reason);
});

describe('a process older than what it read at its start', () => {
  const startedAtMs = Date.parse(at);
  const reason = 'what runs is older than it: written at 2026-02-18T09:00:03.000Z';

  it.each<[string, FileKind, JsonObject, number | null, string | null]>([
    ['an environment', 'env', { startedAtMs }, 3000, reason],
    ['a script', 'file', { activeSince: at }, 3000, reason],
    ['within what clocks may differ by', 'file', { startedAtMs }, 2000, null],
    ['before it started', 'env', { startedAtMs }, -1, null],
    ['of which no process runs', 'env', { activeSince: null }, 3000, null],
    ['nobody knows when', 'env', { startedAtMs }, null, null],
    ['a unit, which its manager tells of', 'systemd', { activeSince: at }, 3000, null],
  ])('%s', (_what, kind, facts, afterMs, expected) => {
    const changedAtMs = afterMs === null ? null : startedAtMs + afterMs;
    expect(runs(kind, unit(facts), { changedAtMs }).reason).toBe(expected);
  });
});

const running = {
  ...{ unitType: 'service', serviceType: 'simple', loadState: 'loaded', activeState: 'active' },
  ...{ unitFileState: 'enabled', survivesReboot: true, rebootWhy: 'enabled', triggeredBy: [] },
};
const stopped = { ...running, activeState: 'inactive', survivesReboot: null, rebootWhy: null };

describe('a unit that hands have switched off', () => {
  it.each<[string, FileKind, JsonObject, string | null]>([
    ['that runs', 'systemd', running, null],
    ['that is stopped', 'systemd', stopped, 'its unit is stopped'],
    ['that failed by itself', 'systemd', { ...stopped, activeState: 'failed' }, null],
    ['whose work is done', 'systemd', { ...stopped, serviceType: 'oneshot' }, null],
    ['that waits for its timer', 'systemd', { ...stopped, triggeredBy: ['web.timer'] }, null],
    ['that is a timer', 'systemd', { ...stopped, unitType: 'timer' }, 'its unit is stopped'],
    [
      'that is not enabled',
      'systemd',
      { ...running, survivesReboot: false, rebootWhy: 'not enabled' },
      'its unit is not enabled',
    ],
    [
      'that others start',
      'systemd',
      { ...running, survivesReboot: null, rebootWhy: 'not enabled: started by web.socket' },
      null,
    ],
    [
      'that launchd does not load again',
      'launchd',
      { domain: 'gui/501', survivesReboot: false, rebootWhy: 'disabled' },
      'its unit is not enabled',
    ],
    ['whose file it is not', 'env', stopped, null],
  ])('%s', (_what, kind, facts, reason) => {
    expect(runs(kind, unit(facts)).reason).toBe(reason);
    expect(runs(kind, unit(facts), { isManaged: false }).reason).toBeNull();
  });
});

describe('what runs that could not be looked at', () => {
  const fault = faultOf('tool-missing', 'here has no launchd: it is not a Mac');
  const blind = unit({}, { state: 'unknown', note: fault.message, fault });
  const doubt = 'no GUI session: there is no gui/501';

  it.each<[string, FileKind, CheckReport | null, Partial<RunningCase>, string | null]>([
    ['a unit', 'launchd', blind, {}, fault.message],
    ['what has read a script', 'file', blind, {}, fault.message],
    ['nothing, as nobody starts it', 'launchd', blind, { isManaged: false }, null],
    ['a job out of sight', 'launchd', unit({ domain: null, disabled: null, doubt }), {}, doubt],
    ['a job that is disabled', 'launchd', unit({ domain: null, disabled: true, doubt }), {}, null],
    ['a Caddy', 'caddyfile', unit(running), { notTold: 'no answer' }, 'no answer'],
    ['a Caddy that nobody starts', 'caddyfile', null, { notTold: 'no', isManaged: false }, 'no'],
    ['a Caddy that has told', 'caddyfile', blind, { isLoaded: true }, null],
    ['nothing', 'systemd', unit(running), {}, null],
  ])('%s', (_what, kind, seen, more, unread) => {
    const state = runs(kind, seen, more);
    expect(state.unread).toBe(unread);
    const verdict = unread === null ? 'in-sync' : 'unknown';
    const isRecorded = { isRecorded: true };
    const beside = withRunning('in-sync', { ...state, reason: null }, isRecorded);
    expect(beside).toMatchObject({ verdict, reloadNeeded: false });
    expect(withRunning('drift', state, isRecorded).verdict).toBe('drift');
  });

  it('has no reason to be started anew', () => {
    const state = runs('launchd', unit({ domain: null, disabled: null, doubt }));
    expect(state.reason).toBeNull();
  });
});

describe('what hands have added to a unit', () => {
  const byHand = '/etc/systemd/system/web.service.d/x.conf';
  const facts = { ...running, dropIns: ['/usr/lib/systemd/system/service.d/10-all.conf', byHand] };

  it('is drift of what was applied, and of what was not it is unmanaged', () => {
    const state = runs('systemd', unit(facts));
    expect(state.dropIns).toEqual([byHand]);
    expect(withRunning('in-sync', state, { isRecorded: true })).toEqual({
      verdict: 'drift',
      notes: [`changed by ${byHand}, which files do not name`],
      reloadNeeded: false,
    });
    expect(withRunning('in-sync', state, { isRecorded: false }).verdict).toBe('unmanaged');
    expect(withRunning('pending', state, { isRecorded: true }).verdict).toBe('pending');
  });

  it('is as wanted where the inventory names it', () => {
    expect(runs('systemd', unit(facts), { places: [byHand] }).dropIns).toEqual([]);
    const own = '/home/joel/.config/systemd/user/web.service.d/x.conf';
    const places = ['~/.config/systemd/user/web.service.d/x.conf'];
    const user = unit({ ...running, dropIns: [own] });
    expect(runs('systemd', user, { places }).dropIns).toEqual([]);
    expect(runs('systemd', user).dropIns).toEqual([own]);
    expect(runs('env', user).dropIns).toEqual([]);
  });
});
