import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isDisabled } from '../../../src/kinds/launchd/ask.ts';
import { plistKeys } from '../../../src/kinds/launchd/plist-keys.ts';
import { readFields } from '../../../src/kinds/launchd/read-fields.ts';
import type { Result } from '../../../src/model/result.ts';
import { verdictOf } from '../look.ts';
import { said } from '../strict-transports.ts';
import { disabledOf, file, lookAt, notThere, plists, print, printed, recorded } from './ask.ts';

/** What each recording is (launchd.md §4, last paragraph), without its plist. */
const verdicts: readonly (readonly [string, string])[] = [
  ['01-print-startinterval-not-running', 'idle: StartInterval job, last exit 0'],
  ['01b-print-startinterval-hourly', 'idle: StartInterval job, last exit 0'],
  ['02-print-user-domain-calendarinterval', 'idle: calendar job, last exit 0'],
  [
    '03-print-ex-config-78-spawn-failed-runs-22138',
    'down: never ran: its log is empty (EX_CONFIG); look at its program, folder, user and log paths',
  ],
  ['03b-print-recovered-running-with-last-exit-0', 'up: running'],
  [
    '03c-print-codesigning-exit-reason-no-code',
    'down: never ran: its log is empty (OS_REASON_CODESIGNING); look at its program, folder, user and log paths',
  ],
  ['03d-print-transient-xpcproxy', 'unknown: starting'],
  ['04-print-keepalive-spawn-scheduled-clean-exits-runs-311', 'down: spawn scheduled after exit 0'],
  ['05-print-system-daemon-running-username', 'up: running'],
  ['06-print-system-daemon-running-space-in-path', 'up: running'],
  [
    '07-print-watchpaths-not-running-last-exit-1-macos27',
    'degraded: its last run ended with exit 1',
  ],
  ['07b-print-keepalive-running-lwcr-macos27', 'up: running'],
  ['07c-print-startinterval-900s-exit-0-macos27', 'idle: StartInterval job, last exit 0'],
  ['07d-print-calendar-never-run-macos27', 'idle: calendar job, has not run yet'],
  [
    '08-print-watchpaths-keepalive-dict-spawn-scheduled-exit-1-macos14',
    'down: spawn scheduled after exit 1',
  ],
  ['09-issue-print-crashed-false-keepalive-runs-640', 'down: spawn scheduled after exit 0'],
  ['10-issue-print-wazuh-runatload-exited-0', 'idle: one-shot, last exit 0'],
  [
    '11-issue-crash-loop-caught-while-running-runs-38771',
    'degraded: running, after many restarts: the last run ended with exit 1',
  ],
  ['18-test-trimmed-real-runs-199773-exit-1', 'down: spawn scheduled after exit 1'],
  [
    '19-report-successive-crashes-bus-error-throttle-80',
    'down: spawn scheduled after Bus error: 10',
  ],
];

/** Those that are no `launchctl print` of one label. */
const others = /^(?:03e|1[2-7]|2[0-4])-/;

/** As the first domain that is asked says it; its plist is gone, and it is not disabled. */
async function lookAtText(text: string, verdict: string): Promise<Result> {
  const path = /^\s+path = (\/.*)$/m.exec(text)?.[1];
  const gone = path === undefined ? [] : [file(path, null)];
  const isWell = /^(?:up|idle|degraded: running)/.test(verdict);
  const asked = isWell ? [] : [disabledOf('gui/501')];
  return lookAt([print('gui/501', said(text)), ...gone, ...asked]);
}

describe('the recordings of launchctl print', () => {
  it.each(verdicts)('%s is %s', async (name, verdict) => {
    expect(verdictOf(await lookAtText(recorded(`${name}.txt`), verdict))).toBe(verdict);
  });

  it('are all here', () => {
    const folder = new URL('../../fixtures/launchctl/', import.meta.url);
    const names = readdirSync(folder).filter((name) => /^\d/.test(name) && !others.test(name));
    expect(verdicts.map(([name]) => `${name}.txt`)).toEqual(names.toSorted());
  });

  it('name no build machine', () => {
    const named = verdicts.filter(([name]) => /\/Users\/runner\//.test(recorded(`${name}.txt`)));
    expect(named.map(([name]) => name)).toEqual([]);
  });

  it('of a label that no domain knows is down', async () => {
    const everywhere = ['gui/501', 'user/501', 'system'].map(notThere);
    const result = await lookAt([...everywhere, ...plists(), disabledOf('gui/501')]);
    expect(verdictOf(result)).toBe('down: not loaded, no plist of that name is found');
  });

  it('of a unit that was killed and came back are up, before and after', async () => {
    const [, before = '', after = ''] = recorded(
      '24-report-kill-then-respawn-before-after.txt',
    ).split(/^###.*\n/m);
    for (const [text, runs] of [
      [before, 1],
      [after, 2],
    ] as const) {
      const result = await lookAt([print('gui/501', said(printed([text.trim()])))]);
      expect([verdictOf(result), result.facts['runs']]).toEqual(['up: running', runs]);
    }
  });
});

describe('what a recording tells', () => {
  it('is in the facts', async () => {
    const text = recorded('06-print-system-daemon-running-space-in-path.txt');
    const { facts } = await lookAtText(text, 'up');
    expect(facts).toMatchObject({
      domain: 'gui/501',
      state: 'running',
      pid: 10_526,
      starts: 1,
      lastExit: 'never',
      badExit: null,
      program: '/usr/local/bin/iron-link-daemon',
      path: '/Library/LaunchDaemons/org.iron-link.daemon.plist',
      jobKind: 'service',
      minimumRuntimeSeconds: 10,
      logs: {
        stdout: '/Users/administrator/Library/Application Support/iron-link/daemon.log',
        stderr: '/Users/administrator/Library/Application Support/iron-link/daemon.log',
      },
    });
  });

  it('is read behind a block whose brackets do not match', () => {
    const { fields } = readFields(recorded('07b-print-keepalive-running-lwcr-macos27.txt'));
    expect([fields.get('pid'), fields.get('job state')]).toEqual(['1076', 'running']);
  });

  it('of disabled services is true or disabled, and ends at its bracket', () => {
    const old = recorded('15-issue-print-disabled-old-boolean-format.txt');
    const modern = recorded('16-doc-print-disabled-modern-enabled-disabled-format.txt');
    expect(isDisabled(old, 'com.apple.Siri.agent')).toBe(true);
    expect(isDisabled(old, 'com.docker.helper')).toBe(false);
    expect(isDisabled(old, 'version.com.docker.helper')).toBe(false);
    expect(isDisabled(old, 'com.joel.x')).toBe(false);
    expect(isDisabled(modern, 'com.apple.Siri.agent')).toBe(true);
    expect(isDisabled(modern, 'ai.rundesk.gateway')).toBe(false);
    expect(isDisabled('something else', 'com.joel.x')).toBe(null);
  });

  it('is no plist', () => {
    expect(plistKeys(recorded('05-print-system-daemon-running-username.txt'))).toBe(null);
  });
});
