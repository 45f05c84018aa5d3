import { roomOf } from './action-lines.ts';
import { type ActionView, isOver } from './action-view.ts';
import { just, type Reduced, type Surroundings, say } from './acts.ts';
import { choiceKey } from './choice-keys.ts';
import { dialogKeymap } from './dialog-keymap.ts';
import { editLine } from './edit-line.ts';
import type { UiState } from './ui-state.ts';

const leaving: ReadonlySet<string> = new Set(
  dialogKeymap.flatMap(({ act, keys }) => (act === 'leave' ? keys : [])),
);

/**
 * A key upon an action that is shown; null for one that does what it does anywhere. The focus is on
 * leaving, so `enter` never acts.
 */
export function dialogKey(
  ui: UiState,
  { view, at }: { readonly view: ActionView; readonly at: Surroundings },
  key: string,
): Reduced | null {
  if (key === 'ctrl-c' || key === 'ctrl-l' || key === 'ctrl-z') return null;
  if (isOver(view)) {
    const closes: Reduced = { ui, intents: [{ type: 'close-action' }] };
    return leaving.has(key) ? closes : say(ui, 'it is over; esc closes');
  }
  if (view.phase === 'acting') return actingKey(ui, key);
  if (view.phase === 'choosing') return choiceKey(ui, view, key);
  if (view.phase === 'planning') {
    return leaving.has(key) ? leave(ui) : say(ui, 'it is being looked at; esc leaves');
  }
  return askedKey(ui, { view, at }, key);
}

/** Nothing is agreed to before all of it has been on the screen. */
function askedKey(
  ui: UiState,
  { view, at }: { readonly view: ActionView; readonly at: Surroundings },
  key: string,
): Reduced {
  const { may, wantsName, title } = view;
  const page = roomOf(view, at.listed.layout.bodyRows);
  const below = at.actionLength - page - ui.dialog.scroll;
  const scrolled = scrollKey(ui, { key, page, most: ui.dialog.scroll + Math.max(0, below) });
  const isName = may !== null && wantsName;
  // A line that is typed has these keys for itself.
  const isTyped = key.length === 1 || key.startsWith('ctrl-');
  if (scrolled && !(isName && isTyped)) return scrolled;
  const unseen = say(ui, `${below} more lines below: pgdn shows them, esc leaves`);
  if (isName) {
    if (key === 'enter' && ui.dialog.typed !== '' && below > 0) return unseen;
    return nameKey(ui, { wantsName, force: may === 'force' }, key);
  }
  if (leaving.has(key)) return leave(ui);
  const [word = ''] = title.split(' ');
  const acts = (key === 'y' && may === 'act') || (key === 'F' && may === 'force');
  if (acts) return below > 0 ? unseen : agree(ui, may === 'force');
  if (may === null) return say(ui, 'nothing can be done here, as it says; esc leaves');
  if (may === 'force') return say(ui, `it says why not; F: ${word} all the same, esc leaves`);
  return say(ui, `y: ${word}, n or esc leaves`);
}

function leave(ui: UiState): Reduced {
  return { ui: { ...ui, message: 'nothing was done' }, intents: [{ type: 'close-action' }] };
}

/** Null for a key that does not scroll. */
function scrollKey(
  ui: UiState,
  { key, page, most }: { readonly key: string; readonly page: number; readonly most: number },
): Reduced | null {
  const half = Math.ceil(page / 2);
  const steps: Readonly<Record<string, number>> = {
    ...{ j: 1, down: 1, k: -1, up: -1, 'ctrl-d': half, 'ctrl-u': -half, pgdn: page, pgup: -page },
    ...{ G: most, end: most, g: -most, home: -most },
  };
  const step = steps[key];
  if (step === undefined) return null;
  const scroll = Math.max(0, Math.min(most, ui.dialog.scroll + step));
  if (scroll === ui.dialog.scroll)
    return say(ui, step > 0 ? 'this is all of it' : 'this is its beginning');
  return just({ ...ui, dialog: { ...ui.dialog, scroll } });
}

/** A name is typed, in place of a yes: the slip of a finger does not type it. */
function nameKey(
  ui: UiState,
  { wantsName, force }: { readonly wantsName: string; readonly force: boolean },
  key: string,
): Reduced {
  const { typed } = ui.dialog;
  if (key === 'enter' && typed === wantsName) return agree(ui, force);
  if (key === 'esc' || (key === 'enter' && typed === '')) return leave(ui);
  if (key === 'enter') return say(ui, `that is not ${wantsName}; esc leaves`);
  const text = editLine(typed, key);
  if (text === null) return say(ui, `type ${wantsName} and press enter; esc leaves`);
  return just({ ...ui, dialog: { ...ui.dialog, typed: text } });
}

function agree(ui: UiState, force: boolean): Reduced {
  return { ui, intents: [{ type: 'agree', force }] };
}

/** What has begun goes on; its end is told in the footer. */
function actingKey(ui: UiState, key: string): Reduced {
  if (!leaving.has(key)) return say(ui, 'it goes on; esc goes back to the table meanwhile');
  return { ui: { ...ui, actionHidden: true, message: 'it goes on; R shows it' }, intents: [] };
}
