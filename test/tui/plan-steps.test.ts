import { expect, test } from 'vitest';
import { toldOf } from '../../src/tui/action-lines.ts';
import type { PlanStep } from '../../src/tui/step-rows.ts';

const command = '/bin/launchctl kickstart -k gui/501/com.joel.caddy';
const step = (what: string, more: Partial<PlanStep> = {}): PlanStep => ({
  ...{ what, command: '', state: 'waiting', note: '' },
  ...more,
});
const lines = ['panda/caddy', '  ✓ reload (5 ms)', `  … restart: ${command}`, '  · then the proof'];
const steps = [
  step('reload', { state: 'done', note: '5 ms' }),
  step('restart', { state: 'running', command }),
  step('the proof'),
];
const view = { lines: [...lines, 'after'], steps: [{ at: 1, count: 3, steps }] };

test('the steps of a plan are a small table, and what stands around them stays', () => {
  expect(toldOf(view, 100)).toEqual([
    'panda/caddy',
    '  ┌───────────┬───────────┬────────────────────────────────────────────────────┐',
    '  │ state     │ step      │ how                                                │',
    '  ├───────────┼───────────┼────────────────────────────────────────────────────┤',
    '  │ ✓ done    │ reload    │ 5 ms                                               │',
    `  │ … running │ restart   │ ${command} │`,
    '  │ · waiting │ the proof │                                                    │',
    '  └───────────┴───────────┴────────────────────────────────────────────────────┘',
    'after',
  ]);
});

test('the last column goes on below, and no row is wider than its room', () => {
  const told = toldOf(view, 70);
  expect(told.every((line) => line.length <= 68)).toBe(true);
  expect(told.some((line) => line.startsWith('  │           │           │ '))).toBe(true);
});

test.each([40, 69])('on %i columns they are told in words, nothing of them lost', (width) => {
  const words = toldOf(view, width).join(' ').replace(/\s+/g, '');
  expect(words).toBe(view.lines.join('').replace(/\s+/g, ''));
});

test('what a table cannot hold is told in words', () => {
  const wide = { ...view, steps: [{ at: 1, count: 3, steps: [step('用')] }] };
  expect(toldOf(wide, 100)).toEqual(view.lines);
});
