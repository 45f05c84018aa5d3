import { describe, expect, test } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import type { Health } from '../../src/model/health.ts';
import { stripLength } from '../../src/tui/strips.ts';
import { sampledLab, troubledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

const { store } = await troubledLab();

/** The names in the table, from the top. */
const names = (cockpit: ReturnType<typeof openTestCockpit>): readonly string[] =>
  cockpit
    .lines()
    .slice(4, 15)
    .map((line) => line.replace(/^[ ▌]\S? +/, '').split(/ /)[0] ?? '');

describe('sorting', () => {
  test('> goes through the columns, < back, and the title says by which', () => {
    const cockpit = openTestCockpit(store);
    const worstFirst = names(cockpit);
    cockpit.press('>');
    expect(cockpit.lines()[2]).toContain('Services 11 · by SERVICE');
    expect(names(cockpit)).toEqual([...worstFirst].sort());
    cockpit.press('O');
    expect(names(cockpit)).toEqual([...worstFirst].sort().reverse());
    expect(cockpit.footer()).toContain('by SERVICE, reversed');
    cockpit.press('<');
    expect(names(cockpit)).toEqual(worstFirst);
    expect(cockpit.footer()).toContain('worst first');
  });

  test('the cursor stays on its row', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('j', 'j');
    const under = cockpit.under();
    cockpit.press('>', '>', 'O');
    expect(cockpit.under().split(/\s+/)[2]).toBe(under.split(/\s+/)[2]);
  });

  test('the heading bears the direction, whatever the colours', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('>');
    expect(cockpit.lines()[3]).toContain('SERVICE▴ ');
    cockpit.press('O');
    expect(cockpit.lines()[3]).toContain('SERVICE▾ ');
    cockpit.press('<', '<', '<');
    expect(cockpit.footer()).toContain('by LATENCY');
    expect(cockpit.lines()[3]).toContain('LATENCY▾ NOTE');
  });

  test('what jitters within the step that is shown moves no row and draws nothing', async () => {
    const lab = await sampledLab('healthy', 2);
    const { state } = lab.store.getState();
    const jittered = (seed: number): Readonly<Record<string, Health>> =>
      Object.fromEntries(
        Object.entries(state.health).map(([id, health], index) => [
          id,
          { ...health, latencyMs: 17 + ((index * seed) % 7) },
        ]),
      );
    const cockpit = openTestCockpit(lab.store);
    const sampled = (from: number, to: number): void => {
      for (let seed = from; seed < to; seed++) {
        lab.store.setState({ state: { ...state, health: jittered(seed) } });
      }
    };
    sampled(0, stripLength);
    cockpit.press('<', '<', 'O');
    expect(cockpit.footer()).toContain('by LATENCY, reversed');
    let drawn = 0;
    cockpit.frames.subscribe(() => drawn++);
    sampled(stripLength, stripLength + 20);
    expect(drawn).toBe(0);
  });

  test('by a column that is not there any more is worst first, and says so', () => {
    const cockpit = openTestCockpit(store);
    const memory = cockpit.memory();
    const services = { ...memory.tabs.services, sort: 'GONE' };
    const next = openTestCockpit(store, {
      remembered: { ...memory, tabs: { ...memory.tabs, services } },
    });
    expect(names(next)).toEqual(names(cockpit));
    expect(next.lines()[2]).not.toContain('GONE');
  });

  test('is kept for the next cockpit', () => {
    const first = openTestCockpit(store);
    first.press('>', 'O');
    const second = openTestCockpit(store, { remembered: first.memory() });
    expect(names(second)).toEqual(names(first));
  });
});

describe('marks', () => {
  test('space marks and goes on, V marks up to the cursor, * all and none', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('V');
    expect(cockpit.footer()).toContain('mark one with space first');
    cockpit.press('space');
    expect(cockpit.lines()[2]).toContain('1 marked');
    expect(cockpit.lines()[4]).toMatch(/^▌/);
    cockpit.press('j', 'j', 'V');
    expect(cockpit.lines()[2]).toContain('4 marked');
    cockpit.press('*');
    expect(cockpit.lines()[2]).toContain('11 marked');
    cockpit.press('*');
    expect(cockpit.lines()[2]).not.toContain('marked');
  });

  test('are kept by id for each tab; what a filter hides of them is told', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('space', 'space', '/', ...'caddy', 'enter', 'V');
    expect(cockpit.footer()).toContain('mark one with space first');
    expect(cockpit.lines()[2]).toContain('2 marked, 2 of them not shown');
    cockpit.press('space');
    expect(cockpit.lines()[2]).toContain('3 marked, 2 of them not shown');
    cockpit.press('1');
    expect(cockpit.lines()[2]).not.toContain('marked');
    cockpit.press('2', 'esc', '>', 'O');
    expect(cockpit.lines()[2]).toContain('3 marked ·');
    const marked = cockpit.lines().filter((line) => line.startsWith('▌'));
    expect(marked.map((line) => line.split(/ +/)[1])).toEqual(['worker', 'qdrant', 'caddy']);
  });

  test('V goes from the last mark that is listed', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('space', 'G', 'space', '!', 'n', 'n', 'V');
    expect(cockpit.lines()[2]).toMatch(/[34] marked, 1 of them not shown/);
  });
});

describe('the palette', () => {
  test.each(['caddy', 'cadd', 'CADDY'])('%s leads to the service before the file', (typed) => {
    const cockpit = openTestCockpit(store);
    cockpit.press('1', ':', ...typed, 'enter');
    expect(cockpit.lines()[2]).toContain('─ Services');
    expect(cockpit.under()).toContain('caddy');
  });

  test('a word that an action begins with is the action', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press(':', ...'re');
    expect(cockpit.lines()[3]).toMatch(/^ ctrl-l .*repaint/);
  });

  test('finds an action by its name and does it', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press(':', 'p', 'o', 'l', 'l');
    expect(cockpit.lines()[3]).toContain('poll everything now');
    cockpit.press('enter');
    expect(cockpit.intents).toContainEqual({ type: 'poll-now' });
  });

  test('goes to a row of any tab, and to a view', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press(':', ...'three-body', 'enter');
    expect(cockpit.under()).toContain('three-body');
    cockpit.press(':', ...'drift', 'enter');
    expect(cockpit.lines()[2]).toContain('Drift');
  });

  test('says why something cannot be done, and stays open', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press(':', ...'write-note', 'enter');
    expect(cockpit.footer()).toContain('in an audit only: A makes one');
    expect(cockpit.lines()[2]).toContain(':write-note');
    cockpit.press('esc');
    expect(cockpit.lines()[2]).toContain('Services');
  });

  test('up goes back through what was chosen, and says where that begins', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press(':', ...'nodes', 'enter', ':', ...'services', 'enter', ':', 'up');
    expect(cockpit.lines()[2]).toContain(':services');
    cockpit.press('up');
    expect(cockpit.lines()[2]).toContain(':nodes');
    cockpit.press('up');
    expect(cockpit.footer()).toContain('nothing was chosen here before that');
  });

  test('takes pasted text, edits like any prompt, and lets go of the terminal like any', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press(':');
    cockpit.paste('three body');
    cockpit.press('ctrl-w');
    expect(cockpit.lines()[2]).toContain(':three ▏');
    cockpit.press('ctrl-z');
    expect(cockpit.intents).toContainEqual({ type: 'suspend' });
  });
});

describe('a terminal that is looked at', () => {
  test('is drawn every other second while only figures move, and at once for anything else', async () => {
    const lab = await sampledLab('healthy', 3);
    const cockpit = openTestCockpit(lab.store);
    let drawn = 0;
    cockpit.frames.subscribe(() => drawn++);
    for (let round = 0; round < 3; round++) await lab.sample(500);
    expect(drawn).toBe(0);
    await lab.sample(500);
    expect(drawn).toBe(1);
    lab.world.fail('localhost:6379', faultOf('refused', 'connection refused'));
    await lab.sample(500);
    expect(drawn).toBe(2);
    expect(cockpit.line(' redis ')).toContain('down 1/3');
    await lab.sample(500);
    expect(cockpit.line(' redis ')).toContain('down 2/3');
    lab.store.setState({ paused: true });
    expect(cockpit.lines()[0]).toContain('PAUSED');
  });

  test('is drawn also after its clock was set back', async () => {
    const lab = await sampledLab('healthy', 3);
    const cockpit = openTestCockpit(lab.store);
    let drawn = 0;
    cockpit.frames.subscribe(() => drawn++);
    const { state, nowMs } = lab.store.getState();
    const slower = Object.entries(state.health).map(
      ([id, one]) => [id, { ...one, latencyMs: 900 }] as const,
    );
    const health = Object.fromEntries(slower);
    lab.store.setState({ state: { ...state, health }, nowMs: nowMs - 3_600_000 });
    expect(drawn).toBe(1);
  });
});

describe('the clock', () => {
  test('stands in the header of who wants it, in the zone that times are shown in', async () => {
    const lab = await sampledLab('healthy', 3);
    const without = openTestCockpit(lab.store);
    const cockpit = openTestCockpit(lab.store, { clock: true });
    expect(cockpit.lines()[0]).toMatch(/live {2}09:00:\d\d$/);
    const before = cockpit.lines()[0];
    const { nowMs } = lab.store.getState();
    lab.store.setState({ nowMs: nowMs + 1000 });
    expect(cockpit.lines()[0]).not.toBe(before);
    expect(without.lines()[0]).toMatch(/live$/);
  });
});

describe('a terminal that nobody looks at', () => {
  test('is drawn once in five seconds, and at once when somebody looks', async () => {
    const lab = await sampledLab('healthy', 3);
    const cockpit = openTestCockpit(lab.store);
    cockpit.focus(false);
    let drawn = 0;
    cockpit.frames.subscribe(() => drawn++);
    lab.world.fail('localhost:6379', faultOf('refused', 'connection refused'));
    for (let round = 0; round < 4; round++) await lab.sample(500);
    expect(drawn).toBe(0);
    cockpit.focus(true);
    expect(drawn).toBe(1);
    expect(cockpit.line('redis')).toContain('down');
  });
});

describe('describing', () => {
  test('d shows every fact as a table, enter its story, esc the list', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('d');
    expect(cockpit.line('│ fact')).toMatch(/│ fact +│ value +│/);
    expect(cockpit.line('│ jobKind')).toContain('service');
    cockpit.press('enter');
    expect(cockpit.lines().join('\n')).not.toContain('│ fact');
    cockpit.press('d', 'd');
    expect(cockpit.lines()[2]).toContain('Services');
    cockpit.press('3', 'd');
    expect(cockpit.footer()).toContain('has no check of its own');
  });
});

describe('other keys', () => {
  test('ctrl-s hands over the screen as text, o the page of what is selected', () => {
    const cockpit = openTestCockpit(store);
    const seen = cockpit.lines();
    cockpit.press('ctrl-s');
    expect(cockpit.intents.at(-1)).toEqual({ type: 'save', screen: seen });
    cockpit.press('/', ...'caddy', 'enter', 'o');
    expect(cockpit.intents.at(-1)).toMatchObject({
      type: 'open',
      url: expect.stringMatching(/^http/),
    });
    cockpit.press('esc', '1', 'o');
    expect(cockpit.footer()).toContain('has no page');
  });

  test('the wheel moves, a click selects', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('M');
    expect(cockpit.intents).toContainEqual({ type: 'mouse', on: true });
    cockpit.click(6);
    const third = cockpit.under();
    cockpit.wheel(-1);
    cockpit.click(6);
    expect(cockpit.under()).toBe(third);
  });
});

describe('a terminal that cannot be seen', () => {
  test('is drawn at once for a key and for another size: somebody is there', async () => {
    const lab = await sampledLab('healthy', 3);
    const cockpit = openTestCockpit(lab.store, { isSeen: () => false });
    cockpit.focus(false);
    cockpit.press('1');
    expect(cockpit.lines()[2]).toContain('Nodes');
    cockpit.resize({ columns: 60, rows: 12 });
    expect(cockpit.lines()).toHaveLength(12);
  });

  test.each([
    ['the terminal tells that nobody looks', [false]],
    ['it tells nothing', []],
  ])('is not drawn at all, whatever changes, where %s', async (_, told) => {
    const lab = await sampledLab('healthy', 3);
    let seen = false;
    const cockpit = openTestCockpit(lab.store, { isSeen: () => seen });
    for (const focused of told) cockpit.focus(focused);
    let drawn = 0;
    cockpit.frames.subscribe(() => drawn++);
    lab.world.fail('localhost:6379', faultOf('refused', 'connection refused'));
    for (let round = 0; round < 4; round++) await lab.sample(10_000);
    expect(drawn).toBe(0);
    seen = true;
    await lab.sample(10_000);
    expect(drawn).toBe(1);
  });
});

describe('a node that cannot be asked after any more', () => {
  test('is told with what was last known of it, as such', async () => {
    const lab = await sampledLab('healthy', 3);
    lab.world.fail('kube:joelclaw', faultOf('refused', 'refused', { side: 'prober' }));
    await lab.sample(10_000);
    const cockpit = openTestCockpit(lab.store);
    cockpit.press(':', ...'controlplane', 'enter', 'enter');
    expect(cockpit.line('? node')).toContain('unknown');
    expect(cockpit.line('last known: ')).toContain('cluster joelclaw');
  });
});
