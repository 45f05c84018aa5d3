import { beforeAll, describe, expect, test } from 'vitest';
import { widthOf } from '../../src/tui/cells.ts';
import type { WatchedReader } from '../../src/watch/store.ts';
import { plainService, reportOf } from '../audit/report.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { doneView, failedView, runningView, tmuxReport, unitText } from './made-audit.ts';
import { openTestCockpit, type TestCockpit, type TestOptions } from './open-test-cockpit.ts';

let store: WatchedReader;
beforeAll(async () => {
  ({ store } = await sampledLab('healthy', 2));
});

function shown(options: TestOptions = {}): TestCockpit {
  const cockpit = openTestCockpit(store, options);
  cockpit.showAudit(doneView());
  return cockpit;
}

describe('A', () => {
  test('audits the host that is selected, or that a service or a file is on', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('1', '/', ...'three', 'enter', 'A');
    cockpit.press('2', '/', ...'pdf', 'enter', 'A');
    cockpit.press('4', '/', ...'Caddyfile', 'enter', 'A');
    expect(cockpit.intents).toEqual([
      { type: 'audit', host: 'three-body' },
      { type: 'audit', host: 'clanker-001' },
      { type: 'audit', host: 'panda' },
    ]);
  });

  test('audits the host of a cluster whose node is selected', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('1', '/', ...'k:k8s', 'enter', 'A');
    expect(cockpit.intents).toEqual([{ type: 'audit', host: 'panda' }]);
  });

  test('says why not, of what is on no host', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('3', 'A');
    expect(cockpit.footer()).toContain('a function is on no host: 1 shows hosts');
    cockpit.press('4', '/', ...'redis', 'enter', 'A');
    expect(cockpit.footer()).toContain('is on no host of the inventory');
    cockpit.press('e', 'A');
    expect(cockpit.footer()).toContain('A cannot act on an event');
    expect(cockpit.intents).toEqual([]);
  });
});

describe('an audit that goes on', () => {
  test('shows which probe of how many is at work, for how long', () => {
    const cockpit = openTestCockpit(store);
    cockpit.showAudit(runningView);
    expect(cockpit.line('─ Audit clanker-001')).toContain('looking …');
    expect(cockpit.line('18 of 52')).toContain('3 s');
    expect(cockpit.lines()).toContain(' listeners');
    expect(cockpit.line('esc ends it')).toBeDefined();
    expect(cockpit.footer()).toBe(' esc back  - meanwhile the tab');
  });

  test('takes no key for what is not there yet', () => {
    const cockpit = openTestCockpit(store);
    cockpit.showAudit(runningView);
    for (const key of ['W', 'U', 'y', 'n', 'N', '/', '!']) {
      cockpit.press(key);
      expect(cockpit.footer(), key).toContain('there is nothing of it yet');
    }
    cockpit.press('A');
    expect(cockpit.footer()).toContain('the audit of clanker-001 goes on; esc ends it');
    expect(cockpit.intents).toEqual([]);
  });

  test.each(['esc', 'q'])('ends with %s', (key) => {
    const cockpit = openTestCockpit(store);
    cockpit.showAudit(runningView);
    cockpit.press(key);
    expect(cockpit.intents).toEqual([{ type: 'close-audit' }]);
    expect(cockpit.footer()).toContain('the audit of clanker-001 was ended');
    expect(cockpit.line('─ Services')).toContain('─');
  });
});

describe('an audit that was told nothing', () => {
  test('says why, and what to do next', () => {
    const cockpit = openTestCockpit(store);
    cockpit.showAudit(failedView);
    expect(cockpit.line('✕ no answer within 30 s')).toBeDefined();
    expect(cockpit.line('→ see what `joelclaw doctor` says')).toBeDefined();
    cockpit.press('W');
    expect(cockpit.footer()).toContain('clanker-001 was not looked into: A looks again');
    cockpit.press('A');
    expect(cockpit.intents).toEqual([{ type: 'audit', host: 'clanker-001' }]);
  });
});

describe('what an audit found', () => {
  test('stands worst first, with evidence and remedy, then services, then what was not told', () => {
    const cockpit = shown({ rows: 80 });
    const lines = cockpit.lines();
    const at = (text: string): number => lines.findIndex((line) => line.includes(text));
    expect(cockpit.line('─ Audit clanker-001')).toContain('1 critical · 1 warning');
    expect(cockpit.line('✕ critical')).toContain('pdf-brain does not come back after a reboot');
    expect(cockpit.line('seen it runs in the tmux session')).toBeDefined();
    expect(cockpit.line('do   joelclaw audit clanker-001 --adopt')).toBeDefined();
    expect(at('✕ critical')).toBeLessThan(at('▲ warning'));
    expect(at('▲ warning')).toBeLessThan(at('pdf-brain :3847'));
    expect(cockpit.line('pdf-brain :3847')).toContain('tmux brain (certain)');
    expect(cockpit.line('│ reboot')).toContain('no: nothing starts it at boot');
    expect(cockpit.line('│ logs')).toContain('tmux attach -t brain');
    expect(at('Also listening 1')).toBeLessThan(at('Not told 2'));
    expect(cockpit.line('livekit-sip')).toContain('5060');
    expect(cockpit.line('environment-1')).toContain('needs-root');
  });

  test('is nothing, where nothing needs a look', () => {
    const cockpit = openTestCockpit(store);
    cockpit.showAudit(doneView(reportOf()));
    expect(cockpit.line('─ Audit')).toContain('✓ nothing needs a look');
  });

  test('that was cut off says so', () => {
    const cockpit = openTestCockpit(store);
    const cutOff = { code: 'unreachable', side: 'target', message: 'no route to host' } as const;
    cockpit.showAudit(doneView(tmuxReport({ cutOff })));
    expect(cockpit.line('─ Audit')).toContain('cut off');
    expect(cockpit.line('cut off: no route to host')).toContain('A looks again');
  });

  test('scrolls to its end and back', () => {
    const cockpit = shown({ rows: 20 });
    cockpit.press('k');
    expect(cockpit.footer()).toContain('this is the beginning');
    cockpit.press('j');
    expect(cockpit.line('─ Audit')).toMatch(/\+\d+ below/);
    cockpit.press('G', 'j');
    expect(cockpit.footer()).toContain('this is the end');
    expect(cockpit.line('─ Audit')).not.toContain('below');
    cockpit.press('g', 'pgdn', 'ctrl-u', 'ctrl-d', 'pgup');
    expect(cockpit.line('looked at in')).toBeDefined();
  });

  test('n and N go from one to the next, round the end; y copies what they are at', () => {
    const cockpit = shown({ rows: 20 });
    cockpit.press('n');
    expect(cockpit.under()).toContain('critical');
    cockpit.press('y', 'n', 'n');
    expect(cockpit.under()).toContain('pdf-brain :3847');
    cockpit.press('y', 'n');
    expect(cockpit.under()).toContain('critical');
    cockpit.press('N');
    expect(cockpit.under()).toContain('pdf-brain :3847');
    expect(cockpit.intents).toEqual([
      { type: 'copy', text: 'manual-service/pdf-brain' },
      { type: 'copy', text: 'pdf-brain' },
    ]);
  });

  test('W asks for the note', () => {
    const cockpit = shown();
    cockpit.press('W');
    expect(cockpit.intents).toEqual([{ type: 'write-note' }]);
  });

  test('U asks for the unit, shows it, and esc goes back to the findings', () => {
    const cockpit = shown();
    cockpit.press('U');
    expect(cockpit.intents).toEqual([{ type: 'propose-unit', service: 'pdf-brain' }]);
    cockpit.showAudit({
      ...{ phase: 'done', host: 'clanker-001', report: tmuxReport() },
      unit: { service: 'pdf-brain', text: unitText },
    });
    expect(cockpit.line('─ Unit pdf-brain on clanker-001')).toContain('proposed');
    expect(cockpit.line('ExecStart=/usr/bin/node server.js')).toBeDefined();
    cockpit.press('y', 'U');
    expect(cockpit.intents).toContainEqual({ type: 'copy', text: unitText });
    expect(cockpit.footer()).toContain('this is the unit');
    cockpit.press('esc');
    expect(cockpit.line('─ Audit clanker-001')).toBeDefined();
    cockpit.press('esc');
    expect(cockpit.intents.at(-1)).toEqual({ type: 'close-audit' });
  });

  test('U that proposes nothing leaves the findings where they are', () => {
    const cockpit = shown();
    cockpit.press('n', 'U');
    cockpit.showAudit(doneView());
    expect(cockpit.under()).toContain('critical');
    cockpit.press('esc');
    expect(cockpit.intents.at(-1)).toEqual({ type: 'close-audit' });
  });

  test('U keeps the place of the findings, refused or shown', () => {
    const cockpit = shown({ rows: 20 });
    cockpit.press('n', 'n', 'n', 'j', 'j');
    const place = cockpit.lines().slice(2, -1);
    cockpit.press('U');
    expect(cockpit.lines().slice(2, -1)).toEqual(place);
    cockpit.showAudit(doneView());
    expect(cockpit.lines().slice(2, -1)).toEqual(place);
    cockpit.press('U');
    const unit = { service: 'pdf-brain', text: unitText };
    cockpit.showAudit({ phase: 'done', host: 'clanker-001', report: tmuxReport(), unit });
    expect(cockpit.line('─ Unit pdf-brain')).toBeDefined();
    cockpit.press('j', 'esc');
    expect(cockpit.lines().slice(2, -1)).toEqual(place);
  });

  test('U wants a service, where there are several', () => {
    const cockpit = openTestCockpit(store);
    const other = { ...plainService, name: 'other' };
    cockpit.showAudit(doneView(reportOf({ services: [plainService, other] })));
    cockpit.press('U');
    expect(cockpit.footer()).toContain('n goes to the service whose unit is wanted');
    cockpit.press('n', 'n', 'U');
    expect(cockpit.intents).toEqual([{ type: 'propose-unit', service: 'other' }]);
  });

  test('says of any other key that it is none, and has its own in help and footer', () => {
    const cockpit = shown();
    expect(cockpit.footer()).toContain('W write note');
    for (const key of ['r', 'o', 'space']) {
      cockpit.press(key);
      expect(cockpit.footer()).toContain(
        `${key} is of what lies below: esc leaves the audit first`,
      );
    }
    cockpit.press('Q');
    expect(cockpit.footer()).toContain('Q is no key of an audit');
    cockpit.press('?');
    expect(cockpit.line(' In an audit')).toBeDefined();
    cockpit.press('esc', ':', ...'write', 'enter');
    expect(cockpit.intents).toEqual([{ type: 'write-note' }]);
  });

  test.each([200, 120, 80, 40])(
    'no line is wider than %i columns, whatever a host is called',
    (columns) => {
      const hostile = '漢字🙂\u001b[31m|x|\u202e'.repeat(30);
      const cockpit = openTestCockpit(store, { columns, rows: 60 });
      const service = {
        ...plainService,
        ...{ name: hostile, restart: hostile, logs: null, dependencies: [hostile] },
        manager: { ...plainService.manager, name: hostile, evidence: [hostile] },
      };
      const finding = {
        title: hostile,
        evidence: hostile,
        remedy: hostile,
        severity: 'info',
      } as const;
      cockpit.showAudit(
        doneView(
          reportOf({
            services: [service, { ...service, declared: false }],
            findings: [{ id: hostile, ...finding }],
            unknowns: [{ probe: hostile, why: 'cut-off', words: hostile }],
          }),
        ),
      );
      for (let page = 0; page < 12; page++) {
        for (const line of cockpit.lines()) {
          expect(widthOf(line)).toBeLessThanOrEqual(columns);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
          expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
        }
        cockpit.press('pgdn');
      }
    },
  );
});
