import type { Acted } from '../../model/plan.ts';
import { actedText, goingOnText, lookText, stepText } from '../../outputs/plan-text.ts';
import type { ActionView } from '../../tui/action-view.ts';
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
  const tell = (going: string): void =>
    show({ title, phase: 'acting', may: null, lines: [...lines, ...indented(going)] });
  return {
    told: {
      onBegin: (plan, index) => tell(goingOnText(plan, index)),
      onStep: (result) => {
        lines.push(...indented(stepText(result)));
        tell('');
      },
      onLook: (seen, good) => tell(lookText(seen, good)),
    },
    begin: (id) => {
      lines.push(id);
      tell('… looked at again, now that it was agreed to');
    },
    ended: (acted) => {
      lines.push(...actedText(acted, { force: 'F' }).trimEnd().split('\n').slice(1));
    },
    end: (phase) => ({ title, phase, may: null, lines }),
  };
}

function indented(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n').map((line) => `  ${line}`);
}
