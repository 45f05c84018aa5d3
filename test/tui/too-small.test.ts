import { beforeAll, describe, expect, test } from 'vitest';
import { keymap } from '../../src/tui/keymap.ts';
import type { WatchedReader } from '../../src/watch/store.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

let store: WatchedReader;
beforeAll(async () => {
  ({ store } = await sampledLab('worker-crash-loop', 3));
});

const tiny = { columns: 30, rows: 8 };
const roomy = { columns: 120, rows: 40 };
const question = {
  title: 'restart panda/worker',
  phase: 'asking',
  may: 'act',
  lines: ['restart panda/worker'],
} as const;

describe('on a terminal that is too small', () => {
  test('no key of the table does anything that is not seen', () => {
    const cockpit = openTestCockpit(store, tiny);
    const before = cockpit.memory();
    const quiet = new Set(['q', 'ctrl-c', 'ctrl-l', 'ctrl-z']);
    cockpit.press(...keymap.flatMap(({ keys }) => keys).filter((key) => !quiet.has(key)));
    cockpit.paste('pasted');
    cockpit.wheel(1);
    cockpit.click(5);
    expect(cockpit.intents).toEqual([]);
    expect(cockpit.memory()).toEqual(before);
  });

  test('a question is answered by nobody, and stands there when there is room again', () => {
    let nowMs = 0;
    const cockpit = openTestCockpit(store, { ...roomy, monotonicMs: () => nowMs });
    cockpit.show(question);
    cockpit.resize(tiny);
    nowMs = 1000;
    cockpit.press('y', 'F', 'n', 'enter', 'esc');
    expect(cockpit.intents).toEqual([]);
    cockpit.resize(roomy);
    expect(cockpit.line('─ restart panda/worker')).toContain('nothing is done yet');
    // Typed on from before: the question has only now come into sight.
    cockpit.press('y');
    expect(cockpit.intents).toEqual([]);
    nowMs = 1301;
    cockpit.press('y');
    expect(cockpit.intents).toEqual([{ type: 'agree', force: false }]);
  });

  test('while an action goes on q asks once more, where that can be read', () => {
    const cockpit = openTestCockpit(store, tiny);
    cockpit.show({ ...question, phase: 'acting' });
    cockpit.press('q');
    expect(cockpit.intents).toEqual([]);
    expect(cockpit.lines().join(' ')).toContain('q again quits');
    cockpit.press('q');
    expect(cockpit.intents).toEqual([{ type: 'quit' }]);
  });

  test('q quits as the screen says, also with the help open; the rest of the terminal keys act', () => {
    const cockpit = openTestCockpit(store, roomy);
    cockpit.press('?');
    cockpit.resize(tiny);
    cockpit.press('ctrl-l', 'ctrl-z', 'q', 'ctrl-c');
    expect(cockpit.intents.map(({ type }) => type)).toEqual(['repaint', 'suspend', 'quit', 'quit']);
  });
});
