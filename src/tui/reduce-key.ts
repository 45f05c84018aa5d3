import { type DoAct, plainActs, type Reduced, type Surroundings, say } from './acts.ts';
import { eventsKey } from './events-keys.ts';
import { type Act, bindingOf } from './keymap.ts';
import { listActs } from './list-acts.ts';
import { moveActs } from './move-acts.ts';
import { paletteKey } from './palette-keys.ts';
import { promptKey } from './prompt-keys.ts';
import { shownTab, type UiState, withTab } from './ui-state.ts';

/** What leaves the help as it is. */
const actsOverHelp: ReadonlySet<Act> = new Set<Act>([
  'help',
  'escape',
  'back',
  'quit',
  'repaint',
  'suspend',
  'down',
  'up',
  'first',
  'last',
  'half-down',
  'half-up',
  'page-down',
  'page-up',
]);

const acts: Readonly<Partial<Record<Act, DoAct>>> = { ...plainActs, ...listActs, ...moveActs };

/**
 * One key upon one state: the next state, and what is asked of others. Pure. A key that cannot act
 * here leaves a message that says why; none is ever swallowed.
 */
export function reduceKey(before: UiState, key: string, at: Surroundings): Reduced {
  const ui = pinned({ ...before, message: null }, at);
  if (ui.palette) return paletteKey(ui, at, { key, run: reduceKey });
  if (ui.typing) return promptKey(ui, at, key);
  const overEvents = ui.help ? null : eventsKey(ui, at, key);
  if (overEvents) return overEvents;
  const binding = bindingOf(key);
  if (!binding) return say(ui, `${key} is no key here; ? lists them`);
  const { act, later } = binding;
  if (act === undefined) return say(ui, later ?? `${key} cannot act here`);
  if (ui.help && !actsOverHelp.has(act)) return say(ui, 'esc closes the help first');
  return acts[act]?.(ui, at, key) ?? say(ui, `${key} cannot act here`);
}

/** Hands off, the cursor stays on the worst; the first key pins it to what it is on. */
function pinned(ui: UiState, { listed }: Surroundings): UiState {
  if (shownTab(ui).selected !== null) return ui;
  const under = listed.subjects[listed.cursor];
  return under === undefined ? ui : withTab(ui, { selected: under.id, lastIndex: listed.cursor });
}
