import { just, type Reduced, type Surroundings, say } from './acts.ts';
import { characterOf } from './key-name.ts';
import { moveActs } from './move-acts.ts';
import { shownTab, type UiState, withTab } from './ui-state.ts';

const longest = 200;

/** A key while the filter is typed. The list follows at once; arrows move in it. */
export function promptKey(ui: UiState, at: Surroundings, key: string): Reduced {
  const { filter } = shownTab(ui);
  switch (key) {
    case 'enter':
      return just({ ...ui, typing: false });
    case 'esc':
      return just({ ...withFilter(ui, ''), typing: false });
    case 'backspace':
      if (filter === '') return just({ ...ui, typing: false });
      return just(withFilter(ui, [...filter].slice(0, -1).join('')));
    case 'ctrl-u':
      return just(withFilter(ui, ''));
    case 'ctrl-w':
      return just(withFilter(ui, filter.replace(/\S+\s*$/, '')));
    case 'up':
    case 'down':
      return moveActs[key]?.(ui, at, key) ?? just(ui);
    case 'ctrl-c':
      return { ui, intents: [{ type: 'quit' }] };
    case 'ctrl-z':
      return { ui, intents: [{ type: 'suspend' }] };
    case 'ctrl-l':
      return { ui, intents: [{ type: 'repaint' }] };
    default:
      return typed(ui, key);
  }
}

function typed(ui: UiState, key: string): Reduced {
  const character = characterOf(key);
  if (character === null)
    return say(ui, `${key} does nothing in a filter; enter keeps, esc clears`);
  return just(withFilter(ui, shownTab(ui).filter + character));
}

/** Pasted text is one line of the filter, and nothing anywhere else: it never acts. */
export function pasteText(ui: UiState, text: string): { readonly ui: UiState } {
  if (!ui.typing) return say(ui, 'pasted text goes into the filter: press / first');
  return { ui: withFilter({ ...ui, message: null }, shownTab(ui).filter + text) };
}

function withFilter(ui: UiState, filter: string): UiState {
  return withTab(ui, { filter: filter.slice(0, longest), scroll: 0 });
}
