import type { Acted, Plan, StepResult } from '../../model/plan.ts';
import { actedText, goingOnText, lookText, stepText } from '../../outputs/plan-text.ts';
import type { ActionView } from '../../tui/action-view.ts';
import type { PlanStep, StepBlock } from '../../tui/step-rows.ts';
import { planSteps } from './plan-steps.ts';
import type { ActGround } from './prepared.ts';

/** What is told while actions go on, one after another. */
interface ActingView {
  readonly told: Required<Pick<ActGround, 'onBegin' | 'onStep' | 'onLook'>>;
  begin(id: string): void;
  ended(acted: Acted): void;
  /** What came of all of them. */
  end(phase: ActionView['phase']): ActionView;
}

/** Each step as it begins, with what waits for it; as it ends; and each look until it is proved. */
export function actingView(title: string, show: (view: ActionView) => void): ActingView {
  const lines: string[] = [];
  const ended: StepBlock[] = [];
  let from = 0;
  let plan: Plan | null = null;
  let results: StepResult[] = [];
  const block = (count: number, atNow: number | null, proof: PlanStep[]): readonly StepBlock[] =>
    plan === null
      ? ended
      : [...ended, { at: from, count, steps: [...planSteps(plan, results, atNow), ...proof] }];
  const tell = (going: string, atNow: number | null = null, proof: PlanStep[] = []): void => {
    const told = [...lines, ...indented(going)];
    const steps = block(told.length - from, atNow, proof);
    show({ title, phase: 'acting', may: null, lines: told, steps });
  };
  return {
    told: {
      onBegin: (begun, index) => {
        plan = begun;
        tell(goingOnText(begun, index), index, [proofStep('waiting', '')]);
      },
      onStep: (result) => {
        results.push(result);
        lines.push(...indented(stepText(result)));
        tell('');
      },
      onLook: (seen, good) => {
        const words = lookText(seen, good);
        tell(words, null, [proofStep('running', words.replace(/^· /, ''))]);
      },
    },
    begin: (id) => {
      lines.push(id);
      [from, plan, results] = [lines.length, null, []];
      tell('… looked at again, now that it was agreed to');
    },
    ended: (acted) => {
      ended.push(...block(lines.length - from, null, []).slice(ended.length));
      plan = null;
      lines.push(...actedText(acted, { force: 'F' }).trimEnd().split('\n').slice(1));
    },
    end: (phase) => ({ title, phase, may: null, lines, steps: ended }),
  };
}

function proofStep(state: PlanStep['state'], note: string): PlanStep {
  return { what: 'the proof', command: '', state, note };
}

function indented(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n').map((line) => `  ${line}`);
}
