import { beforeAll, describe, expect, test } from 'vitest';
import type { ActionView } from '../../src/tui/action-view.ts';
import type { WatchedReader } from '../../src/watch/store.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

let store: WatchedReader;
beforeAll(async () => {
  ({ store } = await sampledLab('worker-crash-loop', 3));
});

function view(phase: ActionView['phase'], may: ActionView['may'] = null): ActionView {
  return {
    title: 'restart panda/worker',
    phase,
    may,
    lines: ['restart panda/worker', '  runs it'],
  };
}

/** A cockpit with a question, which is old enough to be answered. */
function asked(may: ActionView['may']): TestCockpit {
  let nowMs = 0;
  const cockpit = openTestCockpit(store, { monotonicMs: () => nowMs });
  cockpit.show(view('asking', may));
  nowMs = 301;
  return cockpit;
}

describe('r', () => {
  test('asks for what is selected, or for all that is marked', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('r');
    cockpit.press('space', 'space', 'r');
    expect(cockpit.intents).toEqual([
      { type: 'restart', ids: ['panda/worker'] },
      { type: 'restart', ids: ['panda/worker', 'panda/inngest'] },
    ]);
  });

  test('says where services are, on the tabs that have none', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('1', 'r');
    expect(cockpit.footer()).toContain('services are restarted: 2 shows them');
    expect(cockpit.intents).toEqual([]);
  });
});

describe('a question', () => {
  test('stands over the table, with its keys in the footer', () => {
    const cockpit = asked('act');
    expect(cockpit.line('─ restart panda/worker')).toContain('nothing is done yet');
    expect(cockpit.footer()).toBe(' y restart  n leave');
  });

  test('is agreed to by y alone', () => {
    const cockpit = asked('act');
    cockpit.press('F', 'space', 'tab', 'Y', 'x', 'r');
    expect(cockpit.footer()).toContain('y: restart, n or esc leaves');
    expect(cockpit.intents).toEqual([]);
    cockpit.press('y');
    expect(cockpit.intents).toEqual([{ type: 'agree', force: false }]);
  });

  test.each(['enter', 'esc', 'n', 'q'])('is left by %s, and nothing is done', (key) => {
    const cockpit = asked('act');
    cockpit.press(key);
    expect(cockpit.intents).toEqual([{ type: 'close-action' }]);
    expect(cockpit.footer()).toContain('nothing was done');
  });

  test('that something speaks against is agreed to by F alone', () => {
    const cockpit = asked('force');
    cockpit.press('y');
    expect(cockpit.footer()).toContain('F: restart all the same');
    cockpit.press('F');
    expect(cockpit.intents).toEqual([{ type: 'agree', force: true }]);
  });

  test('about what cannot be done takes no yes', () => {
    const cockpit = asked(null);
    cockpit.press('y', 'F');
    expect(cockpit.footer()).toContain('nothing can be done here');
    expect(cockpit.intents).toEqual([]);
  });

  test('is deaf to what was typed before it came up', () => {
    let nowMs = 0;
    const cockpit = openTestCockpit(store, { monotonicMs: () => nowMs });
    cockpit.show(view('planning'));
    cockpit.show(view('asking', 'act'));
    cockpit.press('y');
    nowMs = 299;
    cockpit.press('y');
    expect(cockpit.intents).toEqual([]);
    nowMs = 300;
    cockpit.press('y');
    expect(cockpit.intents).toEqual([{ type: 'agree', force: false }]);
  });
});

describe('what goes on', () => {
  test('can be left and looked at again, and its end is told', () => {
    const cockpit = asked('act');
    cockpit.show(view('acting'));
    cockpit.press('esc');
    expect(cockpit.footer()).toContain('it goes on; r shows it');
    expect(cockpit.line('Services 11')).toBeDefined();
    cockpit.press('j', 'r');
    expect(cockpit.line('─ restart panda/worker')).toContain('at it …');
    cockpit.press('esc');
    cockpit.show(view('failed'));
    expect(cockpit.footer()).toContain('restart panda/worker: failed; r shows it');
    cockpit.press('r', 'y', 'r');
    expect(cockpit.line('─ restart panda/worker')).toContain('✕ failed');
    expect(cockpit.footer()).toContain('it is over; esc closes');
    cockpit.press('esc');
    expect(cockpit.intents).toEqual([{ type: 'close-action' }]);
  });

  test('shows its last lines where not all have room', () => {
    const cockpit = openTestCockpit(store, { rows: 12 });
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    cockpit.show({ ...view('acting'), lines });
    expect(cockpit.line('line 39')).toBeDefined();
    expect(cockpit.lines().join('\n')).not.toContain('line 3\n');
  });
});
