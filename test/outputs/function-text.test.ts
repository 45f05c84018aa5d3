import { expect, test } from 'vitest';
import { changeLine } from '../../src/outputs/change-line.ts';
import type { Change } from '../../src/outputs/changes.ts';
import { endMark, runs24hText, triggersText } from '../../src/outputs/function-text.ts';

test('what the clock starts comes before what an event does', () => {
  const triggers = [
    { type: 'EVENT', value: 'content/updated' },
    { type: 'CRON', value: '0 * * * *' },
  ];
  expect(triggersText({ triggers })).toBe('cron 0 * * * *, content/updated');
});

test('counts of a day are told as far as there are any', () => {
  const none = { completed: 0, failed: 0, running: 0, queued: 0 };
  expect(runs24hText({ runs24h: none })).toBe('–');
  expect(runs24hText({ runs24h: { ...none, completed: 24, failed: 1, running: 2 } })).toBe(
    '✓24 ✕1 …2',
  );
});

test('how a run ended is one cell', () => {
  const marks = ['COMPLETED', 'FAILED', 'RUNNING', 'QUEUED', 'CANCELLED'].map(endMark);
  expect(marks.join('')).toBe('✓✕……–');
});

test('a change is a sentence', () => {
  const change = { id: 'panda/worker', from: 'up', to: 'down', note: 'exit 1' } as Change;
  expect(changeLine(change, '09:00:12')).toBe('09:00:12  panda/worker is down, was up: exit 1\n');
  const back = { ...change, from: 'down', to: 'up', note: '' } as Change;
  expect(changeLine(back, '09:00:12')).toBe('09:00:12  panda/worker is up, was down\n');
});
