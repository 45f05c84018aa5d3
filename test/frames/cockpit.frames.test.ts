import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { labScenarios } from '../../src/lab/index.ts';
import type { ActionView } from '../../src/tui/action-view.ts';
import type { AuditView } from '../../src/tui/audit-view.ts';
import { openCockpit } from '../../src/tui/cockpit.ts';
import type { Size } from '../../src/tui/layout.ts';
import type { LogsView } from '../../src/tui/logs-view.ts';
import type { PlanStep } from '../../src/tui/step-rows.ts';
import { showLines } from '../support/terminal.ts';
import { doneView, failedView, runningView, tmuxReport, unitText } from '../tui/made-audit.ts';
import { type LabStore, openLab, sampledLab } from './lab-store.ts';

/** A view is a name and the keys that lead to it. */
const views: Readonly<Record<string, readonly string[]>> = {
  services: [],
  nodes: ['1'],
  functions: ['3'],
  function: ['3', 'enter'],
  drift: ['4'],
  help: ['?'],
  details: ['enter'],
  filter: ['/', 'h', ':', 'p', 'a', 'space', 'u', 'p'],
  problems: ['!'],
  describe: ['d'],
  events: ['e'],
  palette: [':', 'r', 'e'],
  logs: ['l'],
  sorted: ['>', '>', 'O', 'space', 'space'],
};

const usual: Size = { columns: 80, rows: 24 };
const roomy: Size = { columns: 120, rows: 40 };
const wide: Size = { columns: 200, rows: 50 };

interface Shot {
  readonly scenario: string;
  readonly view: string;
  readonly size: Size;
  /** Where it is filed, when it is no picture of its scenario: its dialog, logs or audit are made up. */
  readonly folder?: string;
  readonly action?: ActionView;
  readonly logs?: LogsView;
  readonly audit?: AuditView;
  /** Pressed after that. */
  readonly after?: readonly string[];
}

const scenarios = labScenarios.map(({ name }) => name).filter((name) => name !== 'big');
/** What these show hangs on the scenario. */
const tabViews = ['services', 'nodes', 'functions', 'drift', 'details'];
const overlays = ['describe', 'events', 'palette'];
const scenarioViews = [...tabViews, ...overlays, 'function', 'filter', 'problems', 'sorted'];

const shots: readonly Shot[] = [
  ...scenarios.flatMap((scenario) =>
    scenarioViews.flatMap((view) => [usual, roomy, wide].map((size) => ({ scenario, view, size }))),
  ),
  // The help is the same in every scenario.
  ...[usual, roomy, wide].map((size) => ({ scenario: 'worker-crash-loop', view: 'help', size })),
  ...['services', 'nodes'].map((view) => ({ scenario: 'big', view, size: wide })),
  { scenario: 'healthy', view: 'services', size: { columns: 40, rows: 10 } },
  { scenario: 'everything-down', view: 'services', size: { columns: 40, rows: 10 } },
  { scenario: 'healthy', view: 'services', size: { columns: 38, rows: 8 } },
];

/** Three rounds ten seconds apart: streaks have come to their end. */
const written = new Set<string>();
const labs = new Map<string, Promise<LabStore>>();
function labOf(scenario: string): Promise<LabStore> {
  const lab = labs.get(scenario) ?? sampledLab(scenario, 3);
  labs.set(scenario, lab);
  return lab;
}

async function expectFrame(name: string, lab: LabStore, shot: Shot): Promise<void> {
  const { size, view } = shot;
  const cockpit = openCockpit({
    store: lab.store,
    size,
    meta: { badge: 'LAB', timeZone: 'UTC' },
    theme: 'terminal',
    onIntent: () => {},
    onError: (error) => {
      throw error;
    },
  });
  cockpit.press(...(views[view] ?? []));
  if (shot.action) cockpit.show(shot.action);
  if (shot.logs) cockpit.showLogs(shot.logs);
  if (shot.audit) cockpit.showAudit(shot.audit);
  cockpit.press(...(shot.after ?? []));
  const terminal = await showLines(cockpit.frames.getState().lines, size);
  const path = `../../snapshots/${shot.folder ?? shot.scenario}/${name}-${size.columns}x${size.rows}`;
  written.add(path);
  await expect(`${terminal.text().join('\n')}\n`).toMatchFileSnapshot(`${path}.txt`);
  await expect(terminal.svg()).toMatchFileSnapshot(`${path}.svg`);
}

const kickstart = '/bin/launchctl kickstart -k gui/501/com.joel.system-bus-worker';

describe('frames that a person reviews', () => {
  for (const shot of shots) {
    const { scenario, view, size } = shot;
    test(`${scenario}: ${view} at ${size.columns}×${size.rows}`, async () => {
      await expectFrame(view, await labOf(scenario), shot);
    });
  }

  test.each([
    ['dark', 'dark'],
    ['light', 'light'],
    ['colour-blind', 'dark'],
    ['colour-blind', 'light'],
    ['mono', 'dark'],
  ] as const)('the theme %s on a %s ground', async (theme, ground) => {
    const { store } = await sampledLab('everything-down', 3);
    const cockpit = openCockpit({
      store,
      size: usual,
      meta: { badge: 'LAB', timeZone: 'UTC' },
      theme,
      onIntent: () => {},
      onError: (error) => {
        throw error;
      },
    });
    const terminal = await showLines(cockpit.frames.getState().lines, usual);
    const path = `../../snapshots/themes/${theme}-on-${ground}.svg`;
    await expect(terminal.svg(ground)).toMatchFileSnapshot(path);
  });

  test.each([usual, roomy, wide])('a restart that is asked about at %o', async (size) => {
    const lab = await labOf('worker-crash-loop');
    const lines = [
      'restart panda/worker: launchd com.joel.system-bus-worker on panda',
      '  risk      disruptive, a critical service',
      '  runs      /bin/launchctl kickstart -k gui/501/com.joel.system-bus-worker',
      '  in flight 2 running, 0 queued of system-bus',
      '  reaches   nothing that depends on it',
      '  against   2 runs of system-bus are in flight',
      '            → wait until they are done (joelclaw functions), or F all the same',
    ];
    const step = { what: 'restart', command: kickstart, state: 'waiting', note: '' } as const;
    const steps = [{ at: 2, count: 1, steps: [step] }];
    const head = { title: 'restart panda/worker', phase: 'asking', may: 'force' } as const;
    const action = { ...head, lines, steps };
    const shot = { folder: 'dialogs', scenario: 'worker-crash-loop', view: 'services', size };
    await expectFrame('restart', lab, { ...shot, action });
  });

  test.each([usual, roomy, wide])(
    'an apply that is asked about, and one that goes on, at %o',
    async (size) => {
      const lab = await labOf('config-drift');
      const title = 'apply all managed files';
      const lines = [
        'panda/worker: written, told once, and proved',
        '  create    file/start.sh  +4 −0  not there',
        '  then      restart panda/worker: launchd com.joel.system-bus-worker on panda',
        '  risk      disruptive, a critical service',
        `  runs      ${kickstart}`,
        '  in flight 0 running, 0 queued of system-bus',
        '  reaches   nothing that depends on it',
        '  left      caddyfile/Caddyfile: unmanaged, its text differs',
        '  note      x overwrites what hands have made, or adopts it',
      ];
      const step = { what: 'restart', command: kickstart, state: 'waiting', note: '' } as const;
      const planned = [{ at: 4, count: 1, steps: [step] }];
      const head = { title, phase: 'asking', may: 'act', wantsName: 'start.sh' } as const;
      const asking = { ...head, lines, steps: planned };
      const shot = {
        ...{ folder: 'dialogs', scenario: 'config-drift' },
        ...{ view: 'drift', size },
      } as const;
      await expectFrame('apply', lab, { ...shot, action: asking });
      const going = [
        '✓ file/start.sh: create',
        'launchd/com.joel.caddy',
        '  ✓ write launchd/com.joel.caddy',
        '  … restart: /bin/launchctl kickstart -k gui/501/com.joel.caddy',
        '  · then systemd/pdf-brain.service',
      ];
      const none = { command: '', note: '' };
      const steps: readonly PlanStep[] = [
        { ...none, what: 'file/start.sh', state: 'done', note: 'create' },
        {
          what: 'launchd/com.joel.caddy',
          command: '',
          state: 'running',
          note: '✓ write launchd/com.joel.caddy · … restart: /bin/launchctl kickstart -k gui/501/com.joel.caddy',
        },
        { ...none, what: 'systemd/pdf-brain.service', state: 'waiting' },
      ];
      const block = { at: 0, count: going.length, steps };
      const acting = { title, phase: 'acting', may: null, lines: going, steps: [block] } as const;
      await expectFrame('applying', lab, { ...shot, action: acting });
    },
  );

  test.each([usual, roomy, wide])('a menu of what can be done at %o', async (size) => {
    const lab = await labOf('worker-crash-loop');
    const choices = [
      { name: 'restart', risk: 'disruptive', why: null },
      { name: 'stop', risk: 'disruptive', why: null },
      { name: 'enable', risk: 'safe', why: null },
      { name: 'delete-pod redis-0', risk: 'destructive', why: null },
      { name: 'start', risk: 'safe', why: 'it runs already' },
    ];
    const title = 'actions panda/worker';
    const action = { title, phase: 'choosing', may: null, lines: [], choices } as const;
    const shot = { folder: 'dialogs', scenario: 'worker-crash-loop', view: 'services', size };
    await expectFrame('actions', lab, { ...shot, action });
  });

  test.each([usual, roomy, wide])(
    'a plan that wants its name typed, and is long, at %o',
    async (size) => {
      const lab = await labOf('worker-crash-loop');
      const commands = Array.from(
        { length: 40 },
        (_, index) =>
          `            /usr/bin/true --word-${index} of a command that is long enough to be broken`,
      );
      const lines = [
        'stop panda/worker: launchd x on panda',
        '  risk      disruptive',
        ...commands,
      ];
      const wantsName = 'panda/worker';
      const action = {
        title: 'stop panda/worker',
        phase: 'asking',
        may: 'act',
        lines,
        wantsName,
      } as const;
      const shot = { folder: 'dialogs', scenario: 'worker-crash-loop', view: 'services', size };
      await expectFrame('stop', lab, { ...shot, action });
    },
  );

  test.each([usual, roomy, wide])('logs of two services at %o', async (size) => {
    const lab = await labOf('worker-crash-loop');
    const texts = [
      'worker-start: starting',
      'Error: cannot listen on 3111: in use',
      '    at start',
    ];
    const rows = texts.map((text, index) => ({
      ...{ number: index + 1, tag: index === 1 ? 'redis' : 'worker', tagIndex: index % 2, text },
      atMs: index === 2 ? null : Date.UTC(2026, 1, 18, 9, 0, index),
    }));
    const ids = ['panda/worker', 'panda/redis'];
    const logs = { ids, rows, dropped: 12, trouble: null };
    await expectFrame('logs', lab, {
      ...{ folder: 'dialogs', scenario: 'worker-crash-loop', view: 'logs' },
      ...{ size, logs },
    });
  });

  test.each([usual, roomy, wide])(
    'an audit that goes on, fails, has ended, at %o',
    async (size) => {
      const lab = await labOf('healthy');
      const shot = { folder: 'dialogs', scenario: 'healthy', view: 'nodes', size } as const;
      await expectFrame('audit-running', lab, { ...shot, audit: runningView });
      await expectFrame('audit-failed', lab, { ...shot, audit: failedView });
      await expectFrame('audit-done', lab, { ...shot, audit: doneView(), after: ['n', 'n'] });
    },
  );

  test('an audit, and the unit that an adoption would propose, where there is little room', async () => {
    const lab = await labOf('healthy');
    const shot = { folder: 'dialogs', scenario: 'healthy', view: 'nodes' } as const;
    const narrow: Size = { columns: 40, rows: 30 };
    await expectFrame('audit-done', lab, { ...shot, size: narrow, audit: doneView() });
    const unit = { service: 'pdf-brain', text: unitText };
    const proposed = { phase: 'done', host: 'clanker-001', report: tmuxReport(), unit } as const;
    const after = ['U'];
    await expectFrame('audit-unit', lab, { ...shot, size: usual, audit: proposed, after });
  });

  test('an audit that is searched, its findings alone, and one that goes on below a tab', async () => {
    const lab = await labOf('healthy');
    const shot = { folder: 'dialogs', scenario: 'healthy', view: 'nodes' } as const;
    const searched = { ...shot, audit: doneView(), after: ['/', ...'brain', 'enter'] };
    for (const size of [usual, { columns: 40, rows: 30 }]) {
      await expectFrame('audit-searched', lab, { ...searched, size });
    }
    const alone = { ...shot, audit: doneView(), after: ['!'] };
    await expectFrame('audit-findings', lab, { ...alone, size: usual });
    const meanwhile = { ...shot, audit: runningView, after: ['2', 'j'] };
    await expectFrame('audit-meanwhile', lab, { ...meanwhile, size: usual });
  });

  test('the first frame, before anything is measured', async () => {
    await expectFrame('first', openLab('healthy'), {
      scenario: 'healthy',
      view: 'services',
      size: roomy,
    });
  });

  test('the last known state, a day old, paused', async () => {
    const lab = await sampledLab('worker-crash-loop', 3);
    const { state, nowMs } = lab.store.getState();
    lab.store.setState({ restoredFrom: state.at, nowMs: nowMs + 86_400_000, paused: true });
    const shot = { scenario: 'worker-crash-loop', view: 'services', size: roomy };
    await expectFrame('last-known', lab, shot);
  });

  // The last test: all frames have been made by then.
  test('there is no frame of what is not drawn any more', () => {
    const folder = new URL('../../snapshots/', import.meta.url);
    const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(txt|svg)$/.test(name) && !name.startsWith('themes/'))
      .map((name) => `../../snapshots/${name.replace(/\.\w+$/, '')}`);
    expect(found.filter((path) => !written.has(path))).toEqual([]);
  });
});
