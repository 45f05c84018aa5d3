import { appliedText } from '../../outputs/infra-applied.ts';
import { beginText, lookText, stepText } from '../../outputs/plan-text.ts';
import type { ActionView } from '../../tui/action-view.ts';
import type { PlanStep } from '../../tui/step-rows.ts';
import type { ActGround } from '../acting/prepared.ts';
import type { AppliedStep } from './applied-step.ts';
import type { ApplyGround, Turn } from './apply-ground.ts';
import type { Carried } from './apply-plan.ts';

/** What is told while an apply goes on: what was done, what it is at, and what waits. */
interface ApplyingView {
  readonly act: Pick<ActGround, 'onBegin' | 'onStep' | 'onLook'>;
  readonly onGroup: NonNullable<ApplyGround['onGroup']>;
  line(words: string): void;
  /** Nothing was to be done. */
  end(phase: ActionView['phase']): ActionView;
  ended(carried: Carried): ActionView;
}

export function applyingView(title: string, show: (view: ActionView) => void): ApplyingView {
  let turn: Turn = { done: [], now: [], waiting: [] };
  let lines: string[] = [];
  const tell = (going: string): void => {
    const done = turn.done.map(
      ({ id, state, note }) =>
        `${state === 'done' ? '✓' : '▲'} ${id}${note === '' ? '' : `: ${note}`}`,
    );
    const now = turn.now.length === 0 ? [] : [turn.now.join(', ')];
    const waiting = turn.waiting.map((ids) => `  · then ${ids.join(', ')}`);
    const told = [...done, ...now, ...lines, ...(going === '' ? [] : [`  ${going}`]), ...waiting];
    const steps = [{ at: 0, count: told.length, steps: turnSteps(turn, [...lines, going]) }];
    show({ title, phase: 'acting', may: null, lines: told, ...(now.length > 0 ? { steps } : {}) });
  };
  const line = (words: string): void => {
    lines.push(...words.split('\n').map((one) => `  ${one}`));
    tell('');
  };
  return {
    act: {
      onBegin: (plan, index) => tell(beginText(plan, index)),
      onStep: (result) => line(stepText(result)),
      onLook: (seen, good) => tell(lookText(seen, good)),
    },
    onGroup: (next) => {
      turn = next;
      lines = [];
      tell('');
    },
    line,
    end: (phase) => ({ title, phase, may: null, lines: ['nothing was to be done'] }),
    ended: ({ id, applied }) => {
      const told = appliedText({ id, ...applied }, false)
        .trimEnd()
        .split('\n');
      const { outcome, steps: all } = applied;
      const steps = [{ at: 1, count: all.length, steps: all.map(endedStep) }];
      const shown = told.length === all.length + 1 && all.length > 0 ? { steps } : {};
      return {
        title,
        phase: outcome === 'done' ? 'done' : 'failed',
        may: null,
        lines: told,
        ...shown,
      };
    },
  };
}

const states: Readonly<Record<AppliedStep['state'], PlanStep['state']>> = {
  ...{ done: 'done', 'reload-needed': 'done', failed: 'failed' },
  ...{ 'rolled-back': 'failed', 'not-run': 'skipped' },
};

function endedStep({ id, state, note }: AppliedStep): PlanStep {
  const word = state === states[state] ? '' : state;
  const words = [word, note].filter((one) => one !== '').join(', ');
  return { what: id, command: '', state: states[state], note: words };
}

/** What was done, what it is at with all that was told of it, and what waits. */
function turnSteps({ done, now, waiting }: Turn, told: readonly string[]): readonly PlanStep[] {
  const note = told
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' · ');
  return [
    ...done.map(endedStep),
    { what: now.join(', '), command: '', state: 'running', note },
    ...waiting.map(
      (ids): PlanStep => ({ what: ids.join(', '), command: '', state: 'waiting', note: '' }),
    ),
  ];
}
