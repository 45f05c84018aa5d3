import { type ActionView, isOver } from './action-view.ts';
import { type Reduced, say } from './acts.ts';
import { dialogKeymap } from './dialog-keymap.ts';
import type { UiState } from './ui-state.ts';

const leaving: ReadonlySet<string> = new Set(
  dialogKeymap.flatMap(({ act, keys }) => (act === 'leave' ? keys : [])),
);

/**
 * A key upon an action that is shown; null for one that does what it does anywhere. The focus is on
 * leaving, so `enter` never acts.
 */
export function dialogKey(ui: UiState, view: ActionView, key: string): Reduced | null {
  if (key === 'ctrl-c' || key === 'ctrl-l' || key === 'ctrl-z') return null;
  if (isOver(view)) {
    const closes: Reduced = { ui, intents: [{ type: 'close-action' }] };
    return leaving.has(key) ? closes : say(ui, 'it is over; esc closes');
  }
  if (view.phase === 'acting') return actingKey(ui, key);
  if (leaving.has(key)) {
    return { ui: { ...ui, message: 'nothing was done' }, intents: [{ type: 'close-action' }] };
  }
  if (view.phase === 'planning') return say(ui, 'it is being looked at; esc leaves');
  const [word = ''] = view.title.split(' ');
  if (key === 'y' && view.may === 'act') return agree(ui, false);
  if (key === 'F' && view.may === 'force') return agree(ui, true);
  if (view.may === null) return say(ui, 'nothing can be done here, as it says; esc leaves');
  if (view.may === 'force') return say(ui, `it says why not; F: ${word} all the same, esc leaves`);
  return say(ui, `y: ${word}, n or esc leaves`);
}

function agree(ui: UiState, force: boolean): Reduced {
  return { ui, intents: [{ type: 'agree', force }] };
}

/** What has begun goes on; its end is told in the footer. */
function actingKey(ui: UiState, key: string): Reduced {
  if (!leaving.has(key)) return say(ui, 'it goes on; esc goes back to the table meanwhile');
  return { ui: { ...ui, actionHidden: true, message: 'it goes on; r shows it' }, intents: [] };
}
