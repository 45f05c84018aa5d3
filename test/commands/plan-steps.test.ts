import { expect, test } from 'vitest';
import { planSteps } from '../../src/commands/acting/plan-steps.ts';
import type { Step, StepResult } from '../../src/model/plan.ts';

test('what follows a step that failed is skipped: it waits for nothing any more', () => {
  const steps = ['out', 'in', 'kick'].map((title) => ({ title }) as Step);
  const commands = ['a', 'b', 'c'];
  const done = { state: 'done', said: '', hint: null, durationMs: 5 } as StepResult;
  const failed = { ...done, state: 'failed', said: 'no such unit', hint: 'look' } as StepResult;
  const shown = planSteps({ steps, commands }, [done, failed]);
  expect(shown.map(({ state }) => state)).toEqual(['done', 'failed', 'skipped']);
  expect(shown[1]?.note).toBe('no such unit → look');
});
