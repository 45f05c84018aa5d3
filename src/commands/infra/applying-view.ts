import { appliedText } from '../../outputs/infra-applied.ts';
import { beginText, lookText, stepText } from '../../outputs/plan-text.ts';
import type { ActionView } from '../../tui/action-view.ts';
import type { ActGround } from '../acting/prepared.ts';
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
    show({ title, phase: 'acting', may: null, lines: told });
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
    ended: ({ id, applied }) => ({
      title,
      phase: applied.outcome === 'done' ? 'done' : 'failed',
      may: null,
      lines: appliedText({ id, ...applied }, false)
        .trimEnd()
        .split('\n'),
    }),
  };
}
