import { beforeAll, describe, expect, test } from 'vitest';
import { type LogRow, type LogsView, tagOf } from '../../src/tui/logs-view.ts';
import type { WatchedReader } from '../../src/watch/store.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

let store: WatchedReader;
beforeAll(async () => {
  ({ store } = await sampledLab('healthy', 3));
});

const row = (number: number, text: string, more: Partial<LogRow> = {}): LogRow => ({
  ...{ number, atMs: Date.UTC(2026, 1, 18, 9, 0, number), tag: '', tagIndex: 0, text },
  ...more,
});
const rowsOf = (count: number): readonly LogRow[] =>
  Array.from({ length: count }, (_, index) => row(index + 1, `line ${index + 1}.`));

function view(rows: readonly LogRow[], more: Partial<LogsView> = {}): LogsView {
  return { ids: ['panda/worker'], rows, dropped: 0, trouble: null, ...more };
}

function opened(logs: LogsView, rows = 20): TestCockpit {
  const cockpit = openTestCockpit(store, { columns: 80, rows });
  cockpit.press('l');
  cockpit.showLogs(logs);
  return cockpit;
}

const shown = (cockpit: TestCockpit): string => cockpit.lines().slice(3, -1).join('\n').trimEnd();
const title = (cockpit: TestCockpit): string => cockpit.lines()[2] ?? '';

describe('l', () => {
  test('asks for the logs of what is selected, or of all that is marked', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('l');
    cockpit.press('space', 'space', 'l');
    expect(cockpit.intents).toEqual([
      { type: 'logs', ids: ['panda/inngest'], sinceMs: null },
      { type: 'logs', ids: ['panda/inngest', 'panda/qdrant'], sinceMs: null },
    ]);
    cockpit.press('1', 'l');
    expect(cockpit.footer()).toContain('logs are of services and functions: 2 and 3 show them');
  });

  test('asks for the runs of a function on its tab; an app has no log of its own', async () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('3', 'l');
    expect(cockpit.intents).toEqual([
      { type: 'logs', ids: ['system-bus-agent-loop-complete'], sinceMs: null },
    ]);
    const away = openTestCockpit((await sampledLab('worker-crash-loop', 3)).store);
    away.press('3', '/', ...'k:app', 'enter', 'l');
    expect(away.footer()).toContain('an app has no log of its own');
  });
});

describe('a name before its lines', () => {
  test('is the service’s, or its id where another has that name too', () => {
    const ids = ['panda/redis', 'clanker/redis', 'panda/worker'];
    expect(ids.map((id) => tagOf(id, ids))).toEqual(['panda/redis', 'clanker/redis', 'worker']);
    expect(tagOf('panda/redis', ['panda/redis'])).toBe('');
  });
});

describe('many logs', () => {
  const ids = Array.from({ length: 11 }, (_, index) => `panda/service-${index}`);

  test('are counted in the title, so that what is typed has its room', () => {
    const cockpit = opened(view(rowsOf(5), { ids }));
    expect(title(cockpit)).toMatch(/^─ logs of 11 5 ─+ live ─$/);
    cockpit.press('&', ...'line 3');
    expect(title(cockpit)).toMatch(/^─ logs of 11 1 · &line 3▏ ─+ live ─$/);
  });
});

describe('a search', () => {
  test('begins with the line that one stands on; n goes further back', () => {
    const cockpit = opened(view(rowsOf(100)));
    cockpit.press('/', ...'line 100', 'enter');
    expect(cockpit.footer()).not.toContain('no line');
    expect(shown(cockpit)).toMatch(/line 100\.$/);
    cockpit.press('n');
    expect(cockpit.footer()).toContain('no line before this has /line 100');
  });

  test('is cleared by esc before the filter is, and the logs are left last', () => {
    const cockpit = opened(view(rowsOf(10)));
    cockpit.press('&', ...'line', 'enter', '/', ...'line 3', 'enter', 'esc');
    expect(title(cockpit)).toContain('&line');
    expect(title(cockpit)).not.toContain('/line 3');
    cockpit.press('esc');
    expect(title(cockpit)).not.toContain('&line');
    cockpit.press('esc');
    expect(cockpit.intents.at(-1)).toEqual({ type: 'close-logs' });
  });
});

describe('logs', () => {
  test('follow, with times and tags, and say whether they are live', () => {
    const rows = [row(1, 'one', { tag: 'worker' }), row(2, 'two', { tag: 'redis', atMs: null })];
    const logs = view(rows, { ids: ['panda/worker', 'panda/redis'] });
    const cockpit = opened(logs);
    expect(title(cockpit)).toMatch(/^─ logs panda\/worker panda\/redis 2 ─+ live ─$/);
    expect(cockpit.line('one')).toBe(' 09:00:01 worker │ one');
    expect(cockpit.line('two')).toBe('          redis  │ two');
    cockpit.showLogs({ ...logs, trouble: 'panda/worker journal: reconnecting: no answer' });
    expect(title(cockpit)).toContain('reconnecting: no answer');
  });

  test('tell the day of each line while one on the screen is not of today', () => {
    const yesterday = row(1, 'old', { atMs: Date.UTC(2026, 1, 17, 23, 59, 59) });
    const early = row(2, 'long ago', { atMs: Date.UTC(2025, 1, 3, 9, 0, 0) });
    const cockpit = opened(
      view([yesterday, early, row(3, 'untold', { atMs: null }), row(4, 'new')]),
    );
    expect(shown(cockpit).split('\n')).toEqual([
      ' 17 Feb 23:59:59 old',
      '  3 Feb 09:00:00 long ago',
      `${' '.repeat(17)}untold`,
      ' 18 Feb 09:00:04 new',
    ]);
    cockpit.showLogs(view([yesterday, ...rowsOf(30)]));
    expect(shown(cockpit)).not.toContain('Feb');
  });

  test('stand still when one scrolls, and say how much is below', () => {
    const cockpit = opened(view(rowsOf(100)));
    expect(cockpit.line('line 100.')).toBeDefined();
    cockpit.press('k', 'k');
    expect(title(cockpit)).toContain('paused · +2 below');
    cockpit.showLogs(view(rowsOf(150)));
    expect(shown(cockpit)).toMatch(/line 98\.$/);
    expect(title(cockpit)).toContain('paused · +52 below');
    cockpit.press('f');
    expect(cockpit.line('line 150.')).toBeDefined();
    expect(title(cockpit)).toContain('live');
    cockpit.press('g');
    expect(shown(cockpit)).toContain('line 1.');
    cockpit.press('pgdn', 'G');
    expect(cockpit.line('line 150.')).toBeDefined();
  });

  test('hold their place when the oldest are dropped', () => {
    const cockpit = opened(view(rowsOf(100)));
    cockpit.press('k');
    cockpit.showLogs(view(rowsOf(100).slice(50), { dropped: 50 }));
    expect(shown(cockpit)).toMatch(/line 99\.$/);
    expect(title(cockpit)).toContain('50 older not kept');
  });

  test('are filtered as one types, and searched backwards', () => {
    const cockpit = opened(
      view([
        ...rowsOf(40),
        row(41, 'Error: no module'),
        ...rowsOf(3).map((one) => ({ ...one, number: one.number + 41 })),
      ]),
    );
    cockpit.press('&', ...'error');
    expect(shown(cockpit)).toBe(' 09:00:41 Error: no module');
    cockpit.press('enter', 'esc');
    expect(cockpit.line('line 3.')).toBeDefined();
    cockpit.press('/', ...'line 7.', 'enter');
    expect(shown(cockpit)).toMatch(/line 7\.$/);
    cockpit.press('n');
    expect(cockpit.footer()).toContain('no line before this has /line 7.');
  });

  test('are wrapped, shown without times, and cut at no odd place', () => {
    const long = `start ${'x'.repeat(100)} end`;
    const cockpit = opened(view([row(1, long)]));
    expect(shown(cockpit)).not.toContain('end');
    cockpit.press('w');
    expect(shown(cockpit)).toContain('end');
    cockpit.press('t');
    expect(cockpit.line('start')).toMatch(/^ start/);
  });

  test('are asked for again by a window of time', () => {
    const cockpit = opened(view(rowsOf(3)));
    cockpit.press('3');
    expect(cockpit.intents.at(-1)).toEqual({
      ...{ type: 'logs', ids: ['panda/worker'], sinceMs: 300_000 },
    });
  });

  test('tell when there is nothing, and are left by esc and q', () => {
    for (const key of ['esc', 'q']) {
      const cockpit = opened(view([]));
      expect(shown(cockpit)).toContain('nothing was written yet; what comes is shown');
      cockpit.press('x');
      expect(cockpit.footer()).toContain('x is no key of logs');
      cockpit.press(key);
      expect(cockpit.intents.at(-1)).toEqual({ type: 'close-logs' });
      expect(title(cockpit)).toContain('Services 11');
    }
  });

  test('are left for another tab, for what was there before, and for the events', () => {
    const seenAfter = (key: string): TestCockpit => {
      const cockpit = opened(view(rowsOf(3)));
      cockpit.press(key);
      expect(cockpit.intents.at(-1)).toEqual({ type: 'close-logs' });
      return cockpit;
    };
    expect(title(seenAfter('tab'))).toMatch(/^─ Functions /);
    expect(title(seenAfter('shift-tab'))).toMatch(/^─ Nodes /);
    expect(title(seenAfter('-'))).toMatch(/^─ Services /);
    expect(title(seenAfter('e'))).toMatch(/^─ Events /);
  });

  test('have the page of their service opened', () => {
    const cockpit = openTestCockpit(store, { columns: 80, rows: 20 });
    cockpit.press('/', ...'worker', 'enter', 'l');
    cockpit.showLogs(view(rowsOf(3)));
    cockpit.press('o');
    expect(cockpit.intents.at(-1)).toMatchObject({ type: 'open' });
  });

  test('hide the rows below them from the mouse, as a question does', () => {
    const cockpit = openTestCockpit(store);
    const under = cockpit.under();
    cockpit.press('l');
    cockpit.showLogs(view(rowsOf(3)));
    cockpit.click(6);
    cockpit.press('esc');
    cockpit.showLogs(null);
    expect(cockpit.under()).toBe(under);
    const asking = {
      title: 'restart panda/worker',
      phase: 'asking',
      may: 'act',
      lines: [],
    } as const;
    cockpit.show(asking);
    cockpit.click(6);
    cockpit.show(null);
    expect(cockpit.under()).toBe(under);
  });

  test('leave the footer to the help that lies over them', () => {
    const cockpit = opened(view(rowsOf(3)));
    expect(cockpit.footer()).toContain('f follow');
    cockpit.press('?');
    expect(cockpit.footer()).toContain('esc close  j k scroll');
    cockpit.press('esc');
    expect(cockpit.footer()).toContain('f follow');
  });

  test('take what is pasted into the prompt that is open, and say where it goes when none is', () => {
    const cockpit = opened(view(rowsOf(12)));
    cockpit.paste('line 7.');
    expect(cockpit.footer()).toContain('pasted text goes into a search or a filter: press / or &');
    cockpit.press('&');
    cockpit.paste('line 7.');
    expect(shown(cockpit)).toBe(' 09:00:07 line 7.');
    cockpit.press('esc', '/', 'l');
    cockpit.paste('ine 5.');
    cockpit.press('enter');
    expect(shown(cockpit)).toMatch(/line 5\.$/);
  });

  test('turn pages as long as the screen has room for', () => {
    for (const rows of [20, 50]) {
      const cockpit = opened(view(rowsOf(200)), rows);
      const page = rows - 4;
      cockpit.press('pgup');
      expect(shown(cockpit)).toMatch(new RegExp(`line ${200 - page}\\.$`));
      cockpit.press('ctrl-d');
      expect(shown(cockpit)).toMatch(new RegExp(`line ${200 - page / 2}\\.$`));
    }
  });
});
