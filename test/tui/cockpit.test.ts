import { describe, expect, test } from 'vitest';
import { openLab, sampledLab, troubledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

describe('the cockpit over a store', () => {
  test('draws the inventory at once, before anything is measured', () => {
    const { store } = openLab('healthy');
    const cockpit = openTestCockpit(store);
    expect(cockpit.line('inngest')).toContain('not measured yet');
    expect(cockpit.lines()[0]).toContain('measured 0/26');
  });

  test('a commit that shows nothing new sets nothing', async () => {
    const { store } = await sampledLab('healthy');
    const cockpit = openTestCockpit(store);
    let frames = 0;
    cockpit.frames.subscribe(() => frames++);
    const { nowMs } = store.getState();
    for (let tick = 1; tick <= 5; tick++) store.setState({ nowMs: nowMs + tick * 1000 });
    expect(frames).toBe(0);
  });

  test('says the age of the oldest sample once it is older than two intervals', async () => {
    const { store } = await sampledLab('healthy');
    const cockpit = openTestCockpit(store);
    expect(cockpit.lines()[0]).toMatch(/live$/);
    store.setState({ nowMs: store.getState().nowMs + 12_000 });
    expect(cockpit.lines()[0]).toMatch(/oldest 12 s$/);
    expect(cockpit.line('inngest')).toContain('10 s old');
    store.setState({ nowMs: store.getState().nowMs + 6000 });
    expect(cockpit.line('inngest')).toMatch(/unknown .*15 s old {2}stale, last up$/);
    // In a clock's time, by the same zone as all others.
    cockpit.press('z', 'z');
    expect(cockpit.line('inngest')).toMatch(/unknown .*seen 09:00 {2}stale, last up$/);
    cockpit.press('enter');
    expect(cockpit.line('answered in')).toContain('seen 18 Feb 09:00');
  });

  test('hands off, the cursor stays on the worst; after a key it stays on its row', async () => {
    const { store, sample, world } = await sampledLab('worker-crash-loop', 1);
    const watching = openTestCockpit(store);
    const holding = openTestCockpit(store);
    holding.press('k');
    expect(watching.under()).toContain('worker');
    world.mend('localhost:3111');
    await sample(14_000);
    expect(watching.line(' worker')).toContain('up');
    expect(watching.under()).not.toContain('worker');
    expect(holding.under()).toContain('worker');
  });

  test('what recovers under the cursor stays among the problems until it is left', async () => {
    const { store, sample, world } = await troubledLab();
    const cockpit = openTestCockpit(store);
    cockpit.press('!', 'n', 'N');
    expect(cockpit.under()).toContain('worker');
    world.mend('localhost:3111');
    await sample(14_000);
    expect(cockpit.under()).toMatch(/●\s+worker.*up/);
    cockpit.press('k');
    expect(cockpit.lines()[2]).toContain('Services 2 of 11');
  });

  test('draws the last known state dimmed and dated, not stale', async () => {
    const { store } = await sampledLab('healthy');
    const { state, nowMs } = store.getState();
    store.setState({ restoredFrom: state.at, nowMs: nowMs + 3_600_000 });
    const cockpit = openTestCockpit(store);
    expect(cockpit.lines()[0]).toContain('last known, 18 Feb 09:00 UTC');
    expect(cockpit.line('inngest')).toContain('up');
    const painted = cockpit.frames.getState().lines.find((line) => line.includes('qdrant'));
    expect(painted).toContain('\u001b[2m');
  });

  test('a pause cannot be overlooked, and p ends it', async () => {
    const { store } = await sampledLab('healthy');
    const cockpit = openTestCockpit(store);
    store.setState({ paused: true });
    expect(cockpit.lines()[0]).toMatch(/ PAUSED$/);
    expect(cockpit.lines()[0]).not.toContain('live');
    cockpit.press('p');
    expect(cockpit.intents).toEqual([{ type: 'resume' }]);
  });

  test('remembers tab, filter, selection and times for the next one', async () => {
    const { store } = await sampledLab('healthy');
    const first = openTestCockpit(store);
    first.press('/', 'p', 'a', 'n', 'd', 'a', 'enter', 'G', '1', 'z');
    const memory = JSON.parse(JSON.stringify(first.memory()));
    const second = openTestCockpit(store, { remembered: memory });
    expect(second.lines()[2]).toContain('Nodes');
    second.press('2');
    expect(second.lines()[2]).toContain('/panda');
    expect(second.memory().tabs.services).toEqual(first.memory().tabs.services);
  });

  test('a frame that cannot be made is told, and never reaches the writer of the store', async () => {
    const { store } = await sampledLab('healthy');
    const errors: unknown[] = [];
    const { openCockpit } = await import('../../src/tui/cockpit.ts');
    openCockpit({
      store,
      size: { columns: 80, rows: 24 },
      meta: { badge: null, timeZone: 'UTC' },
      theme: 'mono',
      onIntent: () => {},
      onError: (error) => errors.push(error),
    });
    const broken = { ...store.getState().state, health: null as never };
    expect(() => store.setState({ state: broken })).not.toThrow();
    expect(errors).toHaveLength(1);
  });

  test('speaks without colour when told: weight and reversal only', async () => {
    const { store } = await sampledLab('worker-crash-loop');
    const { openCockpit } = await import('../../src/tui/cockpit.ts');
    const cockpit = openCockpit({
      store,
      size: { columns: 80, rows: 24 },
      meta: { badge: 'LAB', timeZone: 'UTC' },
      theme: 'mono',
      onIntent: () => {},
      onError: () => {},
    });
    const frame = cockpit.frames.getState().lines.join('');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: SGR is what is looked for
    expect([...new Set(frame.match(/\u001b\[\d+m/g))].sort()).toEqual([
      '\u001b[1m',
      '\u001b[22m',
      '\u001b[27m',
      '\u001b[2m',
      '\u001b[7m',
    ]);
  });
});
