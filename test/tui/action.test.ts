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
function asked(may: ActionView['may'], more: Partial<ActionView> = {}): TestCockpit {
  let nowMs = 0;
  const cockpit = openTestCockpit(store, { monotonicMs: () => nowMs });
  cockpit.show({ ...view('asking', may), ...more });
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

  test('is not answered by what is pasted, nor is a prompt behind it', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('/');
    cockpit.show({ ...view('asking', 'act'), wantsName: 'x' });
    cockpit.paste('x');
    expect(cockpit.footer()).toContain('what is pasted answers no question');
    expect(cockpit.line('type x')).not.toContain('type x x');
    cockpit.show(null);
    expect(cockpit.line('Services')).not.toContain('/x');
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

describe('a name that is wanted', () => {
  test('must be typed: no key alone acts, and what is not the name does not either', () => {
    const cockpit = asked('act', { wantsName: 'panda/x' });
    expect(cockpit.footer()).toContain('enter restart, when its name is typed');
    cockpit.press('y', 'enter');
    expect(cockpit.footer()).toContain('that is not panda/x; esc leaves');
    cockpit.press('z', 'ctrl-u', ...'panda/', 'x');
    expect(cockpit.line('type panda/x panda/x')).toBeDefined();
    expect(cockpit.intents).toEqual([]);
    cockpit.press('enter');
    expect(cockpit.intents).toEqual([{ type: 'agree', force: false }]);
  });

  test('is what forces, where something speaks against it', () => {
    const cockpit = asked('force', { wantsName: 'x' });
    cockpit.press('x', 'enter');
    expect(cockpit.intents).toEqual([{ type: 'agree', force: true }]);
  });

  test.each(['esc', 'enter'])('is left by %s before anything is typed', (key) => {
    const cockpit = asked('act', { wantsName: 'x' });
    cockpit.press(key);
    expect(cockpit.intents).toEqual([{ type: 'close-action' }]);
  });

  test('is not kept for the next question', () => {
    const cockpit = asked('act', { wantsName: 'x' });
    cockpit.press('x');
    cockpit.show(view('planning'));
    cockpit.show({ ...view('asking', 'act'), wantsName: 'x' });
    expect(cockpit.line('type x')).not.toContain('type x x');
  });
});

describe('a plan that is longer than the screen', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}.`);

  test('is agreed to only when all of it was to be seen', () => {
    const cockpit = asked('act', { lines });
    expect(cockpit.line('restart panda/worker')).toContain('+4 lines below: pgdn');
    cockpit.press('y');
    expect(cockpit.footer()).toContain('4 more lines below: pgdn shows them');
    cockpit.press('j', 'pgdn');
    expect(cockpit.line('line 39.')).toBeDefined();
    cockpit.press('j');
    expect(cockpit.footer()).toContain('this is all of it');
    expect(cockpit.intents).toEqual([]);
    cockpit.press('y');
    expect(cockpit.intents).toEqual([{ type: 'agree', force: false }]);
  });

  test('that wants a name is scrolled by what types nothing', () => {
    const cockpit = asked('act', { lines, wantsName: 'j' });
    cockpit.press('j', 'enter');
    expect(cockpit.footer()).toContain('5 more lines below');
    cockpit.press('end', 'enter');
    expect(cockpit.intents).toEqual([{ type: 'agree', force: false }]);
  });

  test('has its long lines on as many rows as they take', () => {
    const words = Array.from({ length: 30 }, (_, index) => `word${index}`).join(' ');
    const cockpit = asked('act', { lines: [`  runs      ${words}`] });
    expect(cockpit.line('word29')).toMatch(/^ {13}word\d/);
  });
});

describe('x', () => {
  const choices = [
    { name: 'stop', risk: 'disruptive', why: null },
    { name: 'start', risk: 'safe', why: 'it runs already' },
  ];

  function offered(): TestCockpit {
    const cockpit = openTestCockpit(store);
    cockpit.show({
      title: 'actions panda/worker',
      phase: 'choosing',
      may: null,
      lines: [],
      choices,
    });
    return cockpit;
  }

  test('asks what can be done to what is selected', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('x', '1', 'x');
    expect(cockpit.intents).toEqual([{ type: 'offer', of: 'services', ids: ['panda/worker'] }]);
    expect(cockpit.footer()).toContain(
      'actions are of services (2), functions (3) and managed files (4)',
    );
  });

  test('lists it with its risk, and what cannot be done with its reason', () => {
    const cockpit = offered();
    expect(cockpit.line('─ actions panda/worker')).toContain('what can be done');
    expect(cockpit.line(' stop ')).toContain('disruptive');
    expect(cockpit.line(' start ')).toContain('– it runs already');
  });

  test('chooses with enter, and says why it cannot', () => {
    const cockpit = offered();
    cockpit.press('j', 'enter');
    expect(cockpit.footer()).toContain('start: it runs already');
    expect(cockpit.intents).toEqual([]);
    cockpit.press('j', 'enter');
    expect(cockpit.intents).toEqual([{ type: 'choose', index: 0 }]);
  });

  test.each(['esc', 'q', 'x'])('is left by %s', (key) => {
    const cockpit = offered();
    cockpit.press(key);
    expect(cockpit.intents).toEqual([{ type: 'close-action' }]);
  });

  test('says when there is nothing to choose from, and why', () => {
    const cockpit = openTestCockpit(store);
    const lines = ['nobody knows who starts it'];
    cockpit.show({ title: 'actions a', phase: 'choosing', may: null, lines, choices: [] });
    cockpit.press('j', 'enter');
    expect(cockpit.line('nobody knows who starts it')).toBeDefined();
    expect(cockpit.footer()).toContain('there is nothing to choose from');
  });
});

describe('what goes on', () => {
  test('can be left and looked at again, and its end is told', () => {
    const cockpit = asked('act');
    cockpit.show(view('acting'));
    cockpit.press('esc');
    expect(cockpit.footer()).toContain('it goes on; R shows it');
    expect(cockpit.line('Services 11')).toBeDefined();
    cockpit.press('j', 'r');
    expect(cockpit.line('─ restart panda/worker')).toContain('at it …');
    cockpit.press('esc');
    cockpit.show(view('failed'));
    expect(cockpit.footer()).toContain('restart panda/worker: failed; R shows it');
    cockpit.press('R', 'y', 'r');
    expect(cockpit.line('─ restart panda/worker')).toContain('✕ failed');
    expect(cockpit.footer()).toContain('it is over; esc closes');
    cockpit.press('esc');
    expect(cockpit.intents).toEqual([{ type: 'close-action' }]);
  });

  test.each(['r', 'x'])('once it has ended out of sight hinders no %s', (key) => {
    const cockpit = asked('act');
    cockpit.show(view('acting'));
    cockpit.press('esc');
    cockpit.show(view('failed'));
    cockpit.press(key);
    const ids = ['panda/worker'];
    const wanted = { r: { type: 'restart', ids }, x: { type: 'offer', of: 'services', ids } };
    expect(cockpit.intents).toEqual([wanted[key as 'r' | 'x']]);
  });

  test('is asked for again by R when something else was asked since', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('R');
    expect(cockpit.intents).toEqual([{ type: 'receipt' }]);
  });

  test.each([['ctrl-c'], ['q']])('is not left by %s but for the second time', (key) => {
    const cockpit = asked('act');
    cockpit.show(view('acting'));
    cockpit.press('esc', key);
    expect(cockpit.footer()).toContain(`goes on; ${key} again quits without its proof`);
    cockpit.press('j', key);
    expect(cockpit.intents).toEqual([]);
    cockpit.press(key);
    expect(cockpit.intents).toEqual([{ type: 'quit' }]);
  });

  test('shows its last lines where not all have room', () => {
    const cockpit = openTestCockpit(store, { rows: 12 });
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    cockpit.show({ ...view('acting'), lines });
    expect(cockpit.line('line 39')).toBeDefined();
    expect(cockpit.lines().join('\n')).not.toContain('line 3\n');
  });
});
