import { expect, test } from 'vitest';
import type { LogLine } from '../../src/model/log-line.ts';
import { logJson, logText } from '../../src/outputs/log-text.ts';

const line = (text: string, more: Partial<LogLine> = {}): LogLine => ({
  ...{ service: 'panda/worker', from: '/Users/joel/Library/Logs/worker.log', atMs: null, text },
  ...more,
});
const alone = { color: false, services: ['panda/worker'], showsFrom: false };

test('one log has no tags, several have, and a line of JSON is told in words', () => {
  const json = '{"level":50,"time":1771405200000,"msg":"could not connect","port":5432}';
  expect(logText(line(json), alone).trim()).toBe('error could not connect · port 5432');
  const several = { ...alone, services: ['panda/redis', 'panda/worker'] };
  expect(logText(line('x'), several).trim()).toBe('worker x');
  expect(logText(line('x'), { ...alone, showsFrom: true }).trim()).toBe('worker worker.log x');
});

test('long JSON, and what only looks like it, stays as it is', () => {
  for (const text of [`{"msg":"${'x'.repeat(300)}"}`, '{not json}', '{"a":1}', '{"msg":']) {
    expect(logText(line(text), alone).trim()).toBe(text);
  }
});

test('colour tells units apart, and is none where it is not wanted', () => {
  const services = ['panda/redis', 'panda/worker'];
  expect(logText(line('x', { atMs: 0 }), { ...alone, services, color: true })).toContain(
    '\u001b[33m worker\u001b[0m x',
  );
  expect(logText(line('x', { atMs: 0 }), { ...alone, services })).not.toContain('\u001b');
});

test('a line for agents says whose it is, where it stands, and when', () => {
  expect(JSON.parse(logJson(line('x', { atMs: Date.UTC(2026, 1, 18, 9) })))).toEqual({
    ...{ type: 'log', service: 'panda/worker', from: '/Users/joel/Library/Logs/worker.log' },
    ...{ at: '2026-02-18T09:00:00.000Z', text: 'x' },
  });
});
