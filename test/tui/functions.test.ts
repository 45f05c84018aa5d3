import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { type LabStore, sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

async function functionsAt(
  columns: number,
  { scenario = 'healthy', rows = 40 } = {},
): Promise<TestCockpit> {
  return opened(await sampledLab(scenario, 3), columns, rows);
}

function opened({ store }: LabStore, columns: number, rows = 40): TestCockpit {
  const cockpit = openTestCockpit(store, { columns, rows });
  cockpit.press('3');
  return cockpit;
}

/** The lab with one function whose last run failed. */
async function failedLab(error: string): Promise<LabStore> {
  const lab = await sampledLab('healthy', 3);
  const { state } = lab.store.getState();
  const key = 'panda/functions:inngest#system-bus-video-download';
  const health = state.health[key];
  if (!health) throw new Error('no such function');
  const lastRun = { ...(health.facts['lastRun'] as JsonObject), status: 'FAILED', error };
  const facts = {
    ...health.facts,
    lastRun,
    runs24h: { completed: 2, failed: 1, running: 1, queued: 0 },
  };
  const failed = { ...health, state: 'degraded', note: `its last run failed: ${error}`, facts };
  const changed = { ...state, health: { ...state.health, [key]: failed as typeof health } };
  lab.store.setState({ state: changed });
  return lab;
}

describe('the Functions tab', () => {
  test.each([
    [60, 'FUNCTION STATE NOTE'],
    [80, 'FUNCTION STATE LAST RUN 24H NOTE'],
    [100, 'FUNCTION STATE TRIGGERS LAST RUN 24H NOTE'],
    [120, 'FUNCTION STATE TRIGGERS LAST RUN NEXT 24H NOTE'],
  ])('at %i columns has %s', async (columns, titles) => {
    const head = (await functionsAt(columns)).line('FUNCTION ');
    expect(head.trim().replaceAll(/ {2,}/g, ' ')).toBe(titles);
  });

  test('lists every function, and only them while all is well', async () => {
    const cockpit = await functionsAt(160);
    expect(cockpit.lines()[1]).toContain('3 Functions 14 ');
    expect(cockpit.line('●  content-sync')).toMatch(
      /up +cron 0 \* \* \* \*, con.* ✓ 1h +in 59m +✓2[34]/,
    );
  });

  test('shows the worst first, with the error of its last run in its own words', async () => {
    const error = `boom: ${'bun install was not run '.repeat(8).trim()}`;
    const cockpit = opened(await failedLab(error), 120);
    expect(cockpit.under()).toMatch(/▲ {2}video-download .*degraded.* ✕ 2h +– +✓2 ✕1 …1 +its last/);
    cockpit.press('enter');
    expect(cockpit.line('last run  failed')).toMatch(/ · 2h ago · took .* · 01LAB/);
    const text = cockpit
      .lines()
      .map((line) => line.trim())
      .join(' ');
    expect(text).toContain(`error     ${error}`);
    expect(cockpit.line('event pipeline/video.requested')).toContain('triggers');
  });

  test('says from when on runs are counted, where they are too many', async () => {
    const lab = await sampledLab('healthy', 3);
    const { state } = lab.store.getState();
    const key = 'panda/functions:inngest';
    const health = state.health[key];
    if (!health) throw new Error('no such check');
    const facts = { ...health.facts, countedSince: '2026-02-18T06:30:00.000Z' };
    lab.store.setState({
      state: { ...state, health: { ...state.health, [key]: { ...health, facts } } },
    });
    expect(opened(lab, 120).line('24 h  ')).toContain('counted since 2h ago');
  });

  test('tells when the clock starts a function next, as the cockpit tells times', async () => {
    const cockpit = await functionsAt(120);
    cockpit.press('/', ...'content-sync'.split(''), 'enter', 'enter');
    expect(cockpit.line('next run')).toMatch(/next run {2}in 59m · 18 Feb 10:00 UTC/);
    cockpit.press('z', 'z');
    expect(cockpit.line('next run')).toMatch(/next run {2}18 Feb 10:00 *$/);
    cockpit.press('esc');
    expect(cockpit.line('●  content-sync')).toMatch(/ 10:00 /);
  });

  test('says how triggers that were changed on purpose are accepted', async () => {
    const lab = await sampledLab('healthy', 3);
    const { state } = lab.store.getState();
    const key = 'panda/functions:inngest#system-bus-video-download';
    const health = state.health[key];
    if (!health) throw new Error('no such function');
    const facts = { ...health.facts, marks: ['triggers-changed'] };
    const changed = { ...health, note: 'its triggers changed: was a, is b', facts };
    lab.store.setState({ state: { ...state, health: { ...state.health, [key]: changed } } });
    const cockpit = opened(lab, 120);
    cockpit.press('/', ...'video'.split(''), 'enter', 'enter');
    expect(cockpit.line('its triggers changed')).toContain('was a, is b');
    expect(cockpit.line('if it was meant')).toContain('joelclaw functions accept');
  });

  test('is found by state, by name and by server', async () => {
    const cockpit = await functionsAt(120, { scenario: 'functions-missing' });
    cockpit.press('/', ...'s:down'.split(''));
    expect(cockpit.lines()[2]).toContain('2');
    expect(cockpit.line('discovery-capture')).toContain('not registered');
  });

  test('names the layer below when the worker is dead', async () => {
    const cockpit = await functionsAt(120, { scenario: 'worker-crash-loop' });
    expect(cockpit.line('first broken layer')).toContain('panda/worker/launchd');
    expect(cockpit.line('counts')).toContain('registered 14 · served not known · expected 14');
  });

  test('says what is the matter where no function is known', async () => {
    const cockpit = await functionsAt(120, { scenario: 'everything-down' });
    expect(cockpit.line('◌  system-bus')).toContain('panda/inngest/http is down');
    expect((await functionsAt(120, { scenario: 'big' })).lines().join('\n')).toContain(
      'the inventory names no Inngest server',
    );
  });
});
