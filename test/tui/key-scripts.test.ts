import { describe, expect, test } from 'vitest';
import { sampledLab, troubledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

const { store } = await troubledLab();
const big = (await sampledLab('big')).store;

describe('moving', () => {
  test('opens on the worst service', () => {
    const cockpit = openTestCockpit(store);
    expect(cockpit.under()).toContain('✕  worker');
    expect(cockpit.line('first broken layer')).toContain('panda/worker');
  });

  test('j and k walk, and say where the ends are', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('j', 'down');
    expect(cockpit.under()).toContain('redis');
    cockpit.press('k', 'up', 'k');
    expect(cockpit.under()).toContain('worker');
    expect(cockpit.footer()).toContain('this is the beginning');
    cockpit.press('G', 'j');
    expect(cockpit.under()).toContain('adr-sync');
    expect(cockpit.footer()).toContain('this is the end');
    cockpit.press('g');
    expect(cockpit.under()).toContain('worker');
  });

  test('a thousand rows scroll at the edges only', () => {
    const cockpit = openTestCockpit(big, { columns: 80, rows: 24 });
    const first = cockpit.lines()[4];
    cockpit.press('ctrl-d', 'ctrl-d', 'ctrl-d');
    const { length } = cockpit.lines();
    expect(length).toBe(24);
    expect(cockpit.lines()[4]).not.toBe(first);
    const scrolled = cockpit.lines()[4];
    cockpit.press('k', 'k');
    expect(cockpit.lines()[4]).toBe(scrolled);
    cockpit.press('G');
    expect(cockpit.lines()[2]).toMatch(/–1000 ─$/);
    cockpit.press('pgup', 'pgdn', 'g');
    expect(cockpit.lines()[4]).toBe(first);
  });

  test('n and N go round the problems', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('n');
    expect(cockpit.under()).toContain('qdrant');
    cockpit.press('N', 'N');
    expect(cockpit.under()).toContain('redis');
    cockpit.press('n');
    expect(cockpit.under()).toContain('worker');
  });
});

describe('what lies over a tab', () => {
  test('details fill the screen; n goes on to the next problem; q comes back', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('enter');
    expect(cockpit.lines()[2]).toContain('panda/worker · launchd com.joel.system-bus-worker');
    cockpit.press('n');
    expect(cockpit.lines()[2]).toContain('panda/qdrant');
    cockpit.press('q');
    expect(cockpit.lines()[2]).toContain('Services 11');
    expect(cockpit.intents).toEqual([]);
  });

  test('help scrolls, keeps other keys out and closes', () => {
    const cockpit = openTestCockpit(store, { columns: 80, rows: 24 });
    cockpit.press('?');
    expect(cockpit.lines()[2]).toContain('Keys');
    for (const key of ['A', '2']) {
      cockpit.press(key);
      expect(cockpit.footer()).toContain('esc closes the help first');
    }
    expect(cockpit.intents).toEqual([]);
    cockpit.press('G');
    expect(cockpit.line('mute with an expiry')).toContain('m');
    cockpit.press('esc');
    expect(cockpit.lines()[2]).toContain('Services');
  });

  test('q on a bare tab quits, esc does not', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('esc');
    expect(cockpit.footer()).toContain('q quits');
    expect(cockpit.intents).toEqual([]);
    cockpit.press('q');
    expect(cockpit.intents).toEqual([{ type: 'quit' }]);
  });
});

describe('the other keys', () => {
  test('tabs by number, by tab, and back', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('4');
    expect(cockpit.lines()[2]).toContain('Drift 6');
    cockpit.press('tab');
    expect(cockpit.lines()[2]).toContain('Nodes 4');
    cockpit.press('shift-tab', 'shift-tab');
    expect(cockpit.lines()[2]).toContain('Functions 15');
    cockpit.press('-');
    expect(cockpit.lines()[2]).toContain('Drift');
  });

  test('ask for a poll, a pause, a copy, a repaint and a suspension', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('ctrl-r', 'p', 'y', 'ctrl-l', 'ctrl-z');
    expect(cockpit.intents).toEqual([
      { type: 'poll-now' },
      { type: 'pause' },
      { type: 'copy', text: 'panda/worker' },
      { type: 'repaint' },
      { type: 'suspend' },
    ]);
  });

  test('a key that cannot act says why, any other that it is none', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('m');
    expect(cockpit.footer()).toContain('muting comes with a later version; see joelclaw --help');
    cockpit.press('Q');
    expect(cockpit.footer()).toContain('Q is no key here; ? lists them');
    cockpit.press('j');
    expect(cockpit.footer()).toContain('enter details');
  });

  test('z shows times as spans, as local ones, as UTC', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('z');
    expect(cockpit.footer()).toContain('times are local');
    cockpit.press('z');
    expect(cockpit.line('worker')).toContain('09:00');
    cockpit.press('z', 'j');
    expect(cockpit.line('inngest')).toContain('<1m');
  });
});
