import { beforeAll, describe, expect, test } from 'vitest';
import type { WatchedReader } from '../../src/watch/store.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

let store: WatchedReader;
beforeAll(async () => {
  ({ store } = await sampledLab('worker-crash-loop', 3));
});

const choices = [
  { name: 'restart', risk: 'disruptive', why: null },
  { name: 'stop', risk: 'disruptive', why: null },
  { name: 'start', risk: 'safe', why: 'it runs already' },
  { name: 'delete-pod redis-0', risk: 'destructive', why: null },
];

function openWith(...keys: readonly string[]): TestCockpit {
  const cockpit = openTestCockpit(store, {
    offersOf: (of) => ({ choices: of === 'services' ? choices : [], why: null }),
  });
  cockpit.press(...keys, ':');
  return cockpit;
}

describe('the palette', () => {
  test('has each verb for what is selected, with what it may do or why it cannot be done', () => {
    const cockpit = openWith();
    cockpit.press(...'st');
    expect(cockpit.line(' stop ')).toContain('disruptive: panda/worker');
    expect(cockpit.line(' start ')).toContain('it runs already');
    const at = (word: string): string => {
      const one = openWith();
      one.press(...word);
      return one.line(` ${word} `);
    };
    expect(at('reload')).toContain('not offered for panda/worker');
    expect(at('rerun')).toContain('functions have runs: 3 shows them');
    expect(at('delete-pod')).toContain('redis-0');
  });

  test('asks for the plan of the one that is chosen, and says why not', () => {
    const cockpit = openWith();
    cockpit.press(...'stop', 'enter');
    expect(cockpit.intents).toEqual([
      { type: 'act', of: 'services', ids: ['panda/worker'], name: 'stop' },
    ]);
    cockpit.press(':', ...'start', 'enter');
    expect(cockpit.footer()).toContain('it runs already');
    expect(cockpit.intents).toHaveLength(1);
  });

  test('says on other tabs where units and runs are', () => {
    const nodes = openWith('1');
    nodes.press(...'restart');
    expect(nodes.line(' restart ')).toContain('services are restarted: 2 shows them');
    const functions = openWith('3');
    functions.press(...'disable');
    expect(functions.line(' disable ')).toContain('services have units: 2 shows them');
  });
});
