import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditView } from '../../src/tui/audit-view.ts';
import type { WatchedReader } from '../../src/watch/store.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { doneView, failedView, runningView } from './made-audit.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

let store: WatchedReader;
beforeAll(async () => {
  ({ store } = await sampledLab('healthy', 2));
});

/** Later. */
const goesOn = { ...runningView, begun: 19 } as AuditView;

/** On Nodes, clanker-001 under the cursor, an audit over it. */
function over(view: AuditView = runningView): TestCockpit {
  const cockpit = openTestCockpit(store);
  cockpit.press('1', '/', ...'clank', 'enter');
  cockpit.showAudit(view);
  return cockpit;
}

const titleOf = (cockpit: TestCockpit): string => cockpit.lines()[2] ?? '';

describe('an audit that is left for another view', () => {
  test.each([
    ['1', 'Nodes'],
    ['2', 'Services'],
    ['3', 'Functions'],
    ['4', 'Drift'],
    ['tab', 'Services'],
    ['shift-tab', 'Drift'],
    ['-', 'Nodes'],
    ['e', 'Events'],
  ])('by %s goes on, which is said', (key, title) => {
    const cockpit = over();
    cockpit.press(key);
    expect(titleOf(cockpit)).toContain(`─ ${title}`);
    expect(cockpit.footer()).toContain('the audit of clanker-001 goes on: - or A shows it');
    expect(cockpit.intents).toEqual([]);
    cockpit.showAudit(goesOn);
    expect(titleOf(cockpit)).toContain(`─ ${title}`);
    cockpit.press('-');
    expect(cockpit.line('─ Audit clanker-001')).toContain('looking …');
    expect(cockpit.line('19 of 52')).toBeDefined();
  });

  test('stands in the footer of any tab until it has been seen', () => {
    const cockpit = over();
    cockpit.press('2', 'j');
    expect(cockpit.footer()).toMatch(/^ A audit goes on /);
    cockpit.showAudit(doneView());
    expect(cockpit.footer()).toBe(' the audit of clanker-001 is done; A shows it');
    cockpit.press('4', 'j');
    expect(cockpit.footer()).toMatch(/^ A audit has ended /);
    cockpit.press('A');
    expect(titleOf(cockpit)).toContain('─ Audit clanker-001');
    expect(cockpit.footer()).toContain('n next');
    cockpit.press('-', 'j');
    expect(cockpit.footer()).not.toContain('audit');
    expect(cockpit.intents).toEqual([]);
  });

  test('says why it failed', () => {
    const cockpit = over();
    cockpit.press('2');
    cockpit.showAudit(failedView);
    expect(cockpit.footer()).toContain(
      'the audit of clanker-001 has failed: no answer within 30 s; A shows it',
    );
    cockpit.press('e', 'A');
    expect(cockpit.line('─ Audit clanker-001')).toContain('nothing was told');
  });

  test('says so without what the host has put into it', () => {
    const cockpit = over();
    cockpit.press('2');
    cockpit.showAudit({ ...failedView, message: 'no \u001b]0;title\u0007answer' });
    expect(cockpit.footer()).toContain('has failed: no answer; A shows it');
  });

  test('is told over logs without a key that would not show it there', () => {
    const cockpit = over();
    cockpit.press('2', 'l');
    cockpit.showLogs({ ids: ['panda/worker'], rows: [], dropped: 0, trouble: null });
    cockpit.showAudit(doneView());
    expect(cockpit.footer()).toContain('the audit of clanker-001 is done');
    expect(cockpit.footer()).not.toContain('A shows it');
    expect(titleOf(cockpit)).toContain('logs');
  });

  test('is shown before one of another host can begin', () => {
    const cockpit = over();
    cockpit.press('1', '/', 'ctrl-u', ...'panda', 'enter', 'A');
    expect(titleOf(cockpit)).toContain('─ Audit clanker-001');
    expect(cockpit.footer()).toContain('the audit of clanker-001 goes on: esc ends it');
    cockpit.press('esc');
    expect(cockpit.intents).toEqual([{ type: 'close-audit' }]);
    cockpit.showAudit(null);
    cockpit.press('A');
    expect(cockpit.intents.at(-1)).toEqual({ type: 'audit', host: 'panda' });
  });

  test('once seen, A shows it of the same host, and looks into another', () => {
    const cockpit = over(doneView());
    cockpit.press('n', '2');
    expect(cockpit.footer()).toContain('- shows the audit of clanker-001 again');
    cockpit.press('1', 'A');
    expect(cockpit.under()).toContain('critical');
    expect(cockpit.footer()).toContain('as it was left; A looks again');
    cockpit.press('-', '/', 'ctrl-u', ...'panda', 'enter', 'A');
    expect(cockpit.intents).toEqual([{ type: 'audit', host: 'panda' }]);
    cockpit.showAudit({ ...runningView, host: 'panda' } as AuditView);
    expect(titleOf(cockpit)).toContain('─ Audit panda');
  });

  test('is where - leads to from the view after it, and from no other', () => {
    const cockpit = over(doneView());
    cockpit.press('2', '-');
    expect(titleOf(cockpit)).toContain('─ Audit');
    cockpit.press('3', '4', '-');
    expect(titleOf(cockpit)).toContain('─ Functions');
    cockpit.press('-');
    expect(titleOf(cockpit)).toContain('─ Drift');
  });

  test('is left by the palette too, for a view or a row', () => {
    const cockpit = over();
    cockpit.press(':', ...'drift', 'enter');
    expect(titleOf(cockpit)).toContain('─ Drift');
    cockpit.press('-', ':', ...'panda/redis', 'enter');
    expect(cockpit.under()).toContain('redis');
    expect(cockpit.footer()).toContain('the audit of clanker-001 goes on');
    cockpit.press('A');
    expect(titleOf(cockpit)).toContain('─ Audit clanker-001');
    expect(cockpit.intents).toEqual([]);
  });
});
