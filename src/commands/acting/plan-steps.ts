import type { Plan, StepResult } from '../../model/plan.ts';
import type { PlanStep, StepBlock } from '../../tui/step-rows.ts';

type Steps = Pick<Plan, 'steps' | 'commands'>;

/** A plan's steps, those that have ended with what became of them; `atNow` is the one that runs. */
export function planSteps(
  { steps, commands }: Steps,
  results: readonly StepResult[] = [],
  atNow: number | null = null,
): readonly PlanStep[] {
  const isOver = results.some(({ state }) => state === 'failed');
  return steps.map(({ title }, index): PlanStep => {
    const result = results[index];
    const command = commands.length === steps.length ? (commands[index] ?? '') : '';
    if (!result) {
      const next = index === atNow ? 'running' : isOver ? 'skipped' : 'waiting';
      return { what: title, command, state: next, note: '' };
    }
    const { state, said, hint, durationMs } = result;
    if (state !== 'failed') {
      const ended = state === 'done' ? 'done' : 'skipped';
      return { what: title, command, state: ended, note: `${durationMs} ms` };
    }
    return {
      what: title,
      command,
      state,
      note: [said, hint && `→ ${hint}`].filter(Boolean).join(' '),
    };
  });
}

/** The steps of plans in the lines that tell them: where each of its commands stands on its own line. */
export function blocksIn(lines: readonly string[], plans: readonly Steps[]): readonly StepBlock[] {
  const blocks: StepBlock[] = [];
  let from = 0;
  for (const plan of plans) {
    const count = plan.commands.length;
    if (count === 0 || plan.steps.length !== count) continue;
    const at = lines.findIndex((line, index) => index >= from && line.startsWith('  runs  '));
    const isTold = plan.commands.every((command, index) => lines[at + index]?.endsWith(command));
    if (at < 0 || !isTold) continue;
    blocks.push({ at, count, steps: planSteps(plan) });
    from = at + count;
  }
  return blocks;
}
