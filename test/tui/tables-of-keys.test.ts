import { beforeAll, describe, expect, test } from 'vitest';
import type { ActionView } from '../../src/tui/action-view.ts';
import { dialogKeymap } from '../../src/tui/dialog-keymap.ts';
import { bindingOf } from '../../src/tui/keymap.ts';
import { actsLeavingLogs, actsOverLogs, logsActOf, logsKeymap } from '../../src/tui/logs-keymap.ts';
import type { WatchedReader } from '../../src/watch/store.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

let store: WatchedReader;
beforeAll(async () => {
  ({ store } = await sampledLab('healthy', 3));
});

const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
const named = ['space', 'enter', 'esc', 'tab', 'up', 'down', 'pgup', 'pgdn', 'home', 'end'];
const everyKey = [...printable, ...named, 'ctrl-d', 'ctrl-u', 'ctrl-k', 'ctrl-r', 'ctrl-s'];

describe('the keys upon a question', () => {
  const ask = (key: string, may: ActionView['may']): TestCockpit['intents'] => {
    const cockpit = openTestCockpit(store);
    cockpit.show({ title: 'restart panda/worker', phase: 'asking', may, lines: [] });
    cockpit.press(key);
    return cockpit.intents;
  };
  const keysOf = (wanted: string): readonly string[] =>
    dialogKeymap.flatMap(({ act, keys }) => (act === wanted ? keys : []));

  test('do what their table says', () => {
    for (const key of keysOf('agree')) {
      expect(ask(key, 'act'), key).toEqual([{ type: 'agree', force: false }]);
      expect(ask(key, 'force'), key).toEqual([]);
    }
    for (const key of keysOf('force')) {
      expect(ask(key, 'force'), key).toEqual([{ type: 'agree', force: true }]);
      expect(ask(key, 'act'), key).toEqual([]);
    }
    for (const may of ['act', 'force', null] as const) {
      for (const key of keysOf('leave')) {
        expect(ask(key, may), key).toEqual([{ type: 'close-action' }]);
      }
    }
  });

  test('are no others than those of the table', () => {
    const told = new Set(dialogKeymap.flatMap(({ keys }) => keys));
    for (const key of everyKey.filter((one) => !told.has(one))) {
      expect([...ask(key, 'act'), ...ask(key, 'force')], key).toEqual([]);
    }
  });
});

describe('the keys upon logs', () => {
  const press = (key: string): { readonly footer: string; readonly cockpit: TestCockpit } => {
    const cockpit = openTestCockpit(store, { columns: 160 });
    cockpit.press('l');
    const row = { atMs: 0, tag: '', tagIndex: 0 };
    const rows = [1, 2, 3].map((number) => ({ ...row, number, text: `line ${number}` }));
    cockpit.showLogs({ ids: ['panda/worker'], rows, dropped: 0, trouble: null });
    cockpit.press(key);
    return { footer: cockpit.footer(), cockpit };
  };

  test('act as their table says, and no other key does', () => {
    const told = new Set(logsKeymap.flatMap(({ keys }) => keys));
    const isAnywhere = (key: string): boolean => {
      const act = bindingOf(key)?.act;
      return act !== undefined && (actsOverLogs.has(act) || actsLeavingLogs.has(act));
    };
    for (const key of new Set([...everyKey, ...told])) {
      const { footer } = press(key);
      if (told.has(key) || isAnywhere(key)) expect(footer, key).not.toContain('is no key');
      else expect(footer).toContain(`${key} is no key of logs: ? lists them, esc leaves`);
    }
  });

  test('are never those of tabs that have another meaning there', () => {
    for (const key of ['1', '/', 'n', 'N', 'g', 'G']) expect(logsActOf(key)).toBeDefined();
  });

  test('are all offered by the palette over logs, which refuses what is of the tab below', () => {
    const { cockpit } = press(':');
    cockpit.press(...'wrap');
    expect(cockpit.line('wrap long lines')).toMatch(/^ w /);
    cockpit.press('enter');
    expect(cockpit.lines()[2]).toMatch(/^─ logs panda\/worker/);
    cockpit.press(':', ...'restart', 'enter');
    expect(cockpit.footer()).toContain('esc leaves the logs first');
    expect(cockpit.intents.map(({ type }) => type)).toEqual(['logs']);
  });

  test('leave the logs for a row that is gone to', () => {
    const { cockpit } = press(':');
    cockpit.press(...'panda/redis', 'enter');
    expect(cockpit.intents.at(-1)).toEqual({ type: 'close-logs' });
    expect(cockpit.under()).toContain('redis');
  });

  test('are told by the help first when it lies over them', () => {
    const { cockpit } = press('?');
    const lines = cockpit.lines().slice(3);
    expect(lines[0]).toMatch(/^ In logs/);
    expect(lines.join('\n')).toContain('follow what comes');
  });
});

test('no key of logs acts where none are shown: the palette says so', () => {
  const cockpit = openTestCockpit(store, { columns: 160 });
  cockpit.press(':', ...'older-match', 'enter');
  expect(cockpit.footer()).toContain('in logs only: l shows them');
});
