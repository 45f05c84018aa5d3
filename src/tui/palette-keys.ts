import { just, type Reduced, type Surroundings, say } from './acts.ts';
import { characterOf } from './key-name.ts';
import { matching, type PaletteItem } from './palette.ts';
import type { PaletteState, UiState } from './ui-state.ts';

const mostRemembered = 20;

/** Runs what a key would, on the state without the palette. */
type RunKey = (ui: UiState, key: string, at: Surroundings) => Reduced;

/** A key while the palette is open. `enter` does what is selected, or says why that cannot be done. */
export function paletteKey(
  ui: UiState,
  at: Surroundings,
  more: { key: string; run: RunKey },
): Reduced {
  const { key, run } = more;
  const palette = ui.palette ?? { text: '', index: 0 };
  const found = matching(at.palette(), palette.text);
  const index = Math.min(palette.index, Math.max(0, found.length - 1));
  switch (key) {
    case 'esc':
      return just({ ...ui, palette: null });
    case 'enter':
      return choose(ui, found[index], { at, run });
    case 'down':
    case 'tab':
      return just(withPalette(ui, { ...palette, index: (index + 1) % Math.max(1, found.length) }));
    case 'up':
      return palette.text === '' && index === 0
        ? recalled(ui)
        : just(withPalette(ui, { ...palette, index: Math.max(0, index - 1) }));
    case 'backspace':
      if (palette.text === '') return just({ ...ui, palette: null });
      return just(withPalette(ui, { text: [...palette.text].slice(0, -1).join(''), index: 0 }));
    case 'ctrl-u':
      return just(withPalette(ui, { text: '', index: 0 }));
    case 'ctrl-c':
      return { ui, intents: [{ type: 'quit' }] };
    default: {
      const character = characterOf(key);
      if (character === null)
        return say(ui, `${key} does nothing here; enter does what is selected`);
      return just(withPalette(ui, { text: palette.text + character, index: 0 }));
    }
  }
}

function withPalette(ui: UiState, palette: PaletteState): UiState {
  return { ...ui, palette };
}

/** What was chosen last, as a shell's history gives it. */
function recalled(ui: UiState): Reduced {
  const last = ui.chosen.at(-1);
  if (last === undefined) return say(ui, 'nothing was chosen here yet');
  return just(withPalette(ui, { text: last, index: 0 }));
}

function choose(
  ui: UiState,
  item: PaletteItem | undefined,
  { at, run }: { readonly at: Surroundings; readonly run: RunKey },
): Reduced {
  if (!item) return say(ui, 'nothing is called so; esc closes');
  if (item.refusal !== null) return say(ui, item.refusal);
  const chosen = [...ui.chosen.filter((one) => one !== item.name), item.name].slice(
    -mostRemembered,
  );
  const closed = { ...ui, palette: null, chosen };
  return item.does.type === 'key' ? run(closed, item.does.key, at) : just(goTo(closed, item.does));
}

/** Its tab, with the row under the cursor; a filter that hides it is cleared. */
export function goTo(
  ui: UiState,
  { id, tab }: { readonly id: string; readonly tab: UiState['tab'] },
): UiState {
  const shown = { ...ui.tabs[tab], selected: id, filter: '', problemsOnly: false, details: false };
  const lastTab = tab === ui.tab ? ui.lastTab : ui.tab;
  return { ...ui, tab, lastTab, help: false, events: null, tabs: { ...ui.tabs, [tab]: shown } };
}
