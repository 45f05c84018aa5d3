import { beforeAll, describe, expect, test } from 'vitest';
import { fileVerdicts } from '../../src/model/file-verdict.ts';
import { type LabStore, sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

let crashing: LabStore;
let drifted: LabStore;
beforeAll(async () => {
  crashing = await sampledLab('worker-crash-loop', 3);
  drifted = await sampledLab('config-drift', 3);
});

describe('on 40 columns', () => {
  const size = { columns: 40, rows: 24 };

  test('the title shows the filter and the problems before how it is sorted', () => {
    const cockpit = openTestCockpit(crashing.store, size);
    cockpit.press('>', '>', 'O', '!', '/', ...'worker', 'enter');
    expect(cockpit.lines()[2]).toContain(' · /worker · prob');
  });

  test.each([40, 44, 50, 60])('drift keeps the whole word of each verdict: %i', (columns) => {
    const cockpit = openTestCockpit(drifted.store, { ...size, columns });
    cockpit.press('4');
    const rows = cockpit.lines().filter((line) => /^ [●▲✕?·–] {2}\S/.test(line));
    expect(rows.length).toBeGreaterThan(5);
    const verdict = new RegExp(` (${fileVerdicts.join('|')})( |$)`);
    for (const row of rows) expect(row).toMatch(verdict);
  });

  test('an event tells what it has come to', () => {
    const cockpit = openTestCockpit(crashing.store, size);
    cockpit.press('e');
    const events = cockpit.lines().filter((line) => line.includes(' ago '));
    expect(events.length).toBeGreaterThan(0);
    for (const line of events) expect(line).toMatch(/→ \S \w+/);
  });
});
