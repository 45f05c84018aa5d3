import { beforeAll, describe, expect, test } from 'vitest';
import type { WatchedReader } from '../../src/watch/store.ts';
import { reportOf } from '../audit/report.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { doneView, failedView, tmuxReport, unitText } from './made-audit.ts';
import { openTestCockpit, type TestCockpit, type TestOptions } from './open-test-cockpit.ts';

let store: WatchedReader;
beforeAll(async () => {
  ({ store } = await sampledLab('healthy', 2));
});

function shown(options: TestOptions = {}, view = doneView()): TestCockpit {
  const cockpit = openTestCockpit(store, options);
  cockpit.showAudit(view);
  return cockpit;
}

describe('/ in an audit', () => {
  test('marks what has it as it is typed; enter goes to the first, n and N on', () => {
    const cockpit = shown({ rows: 20 });
    const painted = (): readonly string[] => cockpit.frames.getState().lines.slice(3, -1);
    const before = painted();
    cockpit.press('/', ...'REBOOT');
    const marked = painted().filter((line, row) => line !== before[row]);
    expect(marked.length).toBeGreaterThan(1);
    for (const line of marked) expect(line).toMatch(/reboot/i);
    expect(cockpit.line('─ Audit clanker-001')).toContain('· /REBOOT▏');
    expect(cockpit.footer()).toBe(' enter find  esc clear');
    cockpit.press('enter');
    expect(cockpit.under()).toContain('does not come back after a reboot');
    cockpit.press('n');
    expect(cockpit.under()).toContain('reboot');
    const second = cockpit.under();
    cockpit.press('n', 'N');
    expect(cockpit.under()).toBe(second);
    cockpit.press('N', 'N');
    expect(cockpit.under()).toMatch(/reboot/i);
    expect(cockpit.under()).not.toBe(second);
  });

  test('y and U are of the finding that it has come to', () => {
    const cockpit = shown({ rows: 20 });
    cockpit.press('/', ...'6.8.0-79', 'enter');
    expect(cockpit.under()).toContain('6.8.0-79-generic is installed');
    cockpit.press('y');
    expect(cockpit.intents).toEqual([{ type: 'copy', text: 'reboot-required' }]);
  });

  test('finds what is broken over two lines', () => {
    const cockpit = shown({ columns: 40, rows: 30 });
    cockpit.press('/', ...'session brain, and nothing', 'enter');
    expect(cockpit.footer()).not.toContain('no line');
    expect(cockpit.under()).toContain('seen');
    expect(cockpit.line('─ Audit')).toContain('/session brain');
  });

  test('says that there is none, and that there is no other', () => {
    const cockpit = shown();
    cockpit.press('/', ...'nowhere', 'enter');
    expect(cockpit.footer()).toContain('no line here has /nowhere');
    cockpit.press('n');
    expect(cockpit.footer()).toContain('no line here has /nowhere');
    cockpit.press('/', 'ctrl-u', ...'after a reboot', 'enter', 'n');
    expect(cockpit.footer()).toContain('no other line has /after a reboot');
    cockpit.press('/', 'ctrl-u', ...'a(', 'left');
    expect(cockpit.footer()).toContain('left does nothing here; enter finds, esc clears');
    expect(cockpit.line('─ Audit')).toContain('not a regex');
  });

  test('esc clears it, then n goes from finding to finding, then esc leaves', () => {
    const cockpit = shown();
    cockpit.press('/', ...'ollama', 'enter', 'esc');
    expect(cockpit.line('─ Audit')).not.toContain('/');
    cockpit.press('g', 'n');
    expect(cockpit.under()).toContain('critical');
    cockpit.press('/', 'x', 'esc', '/', 'enter', '/', 'backspace');
    expect(cockpit.intents).toEqual([]);
    expect(cockpit.under()).toContain('critical');
    expect(cockpit.line('─ Audit')).not.toContain('/');
    cockpit.press('esc');
    expect(cockpit.intents).toEqual([{ type: 'close-audit' }]);
  });

  test('takes what is pasted, and nothing else does', () => {
    const cockpit = shown();
    cockpit.paste('ollama');
    expect(cockpit.footer()).toContain('pasted text goes into a search: press / first');
    cockpit.press('/');
    cockpit.paste('ollama');
    cockpit.press('enter');
    expect(cockpit.under()).toContain('ollama');
  });

  test('searches the unit, whose esc then goes back', () => {
    const unit = { service: 'pdf-brain', text: unitText };
    const done = { phase: 'done', host: 'clanker-001', report: tmuxReport(), unit } as const;
    const cockpit = shown({}, done);
    cockpit.press('U', '/', ...'^ *user=', 'enter');
    expect(cockpit.under()).toContain('User=joel');
    cockpit.press('!');
    expect(cockpit.footer()).toContain('this is the unit');
    cockpit.press('esc', 'esc');
    expect(cockpit.line('─ Audit clanker-001')).toBeDefined();
  });
});

describe('! in an audit', () => {
  test('leaves the findings alone, and shows all again', () => {
    const cockpit = shown({ rows: 60 });
    cockpit.press('!');
    expect(cockpit.line('─ Audit clanker-001')).toContain('findings only');
    expect(cockpit.line('✕ critical')).toBeDefined();
    expect(cockpit.lines().join('\n')).not.toMatch(/pdf-brain :3847|Also listening|Not told/);
    cockpit.press('n', 'n', 'n', 'y');
    expect(cockpit.intents).toEqual([{ type: 'copy', text: 'manual-service/pdf-brain' }]);
    cockpit.press('!');
    expect(cockpit.line('pdf-brain :3847')).toBeDefined();
    cockpit.press('!', 'esc');
    expect(cockpit.line('Also listening')).toBeDefined();
    expect(cockpit.intents).toHaveLength(1);
  });

  test('says so where there is none', () => {
    const cockpit = shown({}, doneView(reportOf()));
    cockpit.press('!');
    expect(cockpit.footer()).toContain('no finding here: nothing needs a look');
    expect(cockpit.line('─ Audit')).not.toContain('findings only');
  });

  test('and / say of an audit that failed that there is nothing', () => {
    const cockpit = shown({}, failedView);
    for (const key of ['!', '/', 'n']) {
      cockpit.press(key);
      expect(cockpit.footer(), key).toContain('clanker-001 was not looked into: A looks again');
    }
  });
});
