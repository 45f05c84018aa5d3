import type { ActionView } from './action-view.ts';
import { just, type Reduced, say } from './acts.ts';
import type { UiState } from './ui-state.ts';

/** A key upon the menu of what can be done: it chooses what is planned next, and does nothing itself. */
export function choiceKey(ui: UiState, { choices = [] }: ActionView, key: string): Reduced {
  const index = Math.min(ui.dialog.index, Math.max(0, choices.length - 1));
  const select = (next: number): Reduced => just({ ...ui, dialog: { ...ui.dialog, index: next } });
  switch (key) {
    case 'esc':
    case 'q':
    case 'n':
    case 'x':
      return { ui, intents: [{ type: 'close-action' }] };
    case 'j':
    case 'down':
    case 'tab':
      return select((index + 1) % Math.max(1, choices.length));
    case 'k':
    case 'up':
    case 'shift-tab':
      return select((index + choices.length - 1) % Math.max(1, choices.length));
    case 'g':
    case 'home':
      return select(0);
    case 'G':
    case 'end':
      return select(Math.max(0, choices.length - 1));
    case 'enter':
      return choose(ui, choices, index);
  }
  return say(ui, 'j k choose, enter plans it, esc leaves');
}

function choose(ui: UiState, choices: ActionView['choices'], index: number): Reduced {
  const choice = choices?.[index];
  if (!choice) return say(ui, 'there is nothing to choose from; esc leaves');
  if (choice.why !== null) return say(ui, `${choice.name}: ${choice.why}`);
  return { ui, intents: [{ type: 'choose', index }] };
}
