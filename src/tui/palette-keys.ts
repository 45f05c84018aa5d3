import { ask, goTo, just, type Reduced, type Surroundings, say } from './acts.ts';
import { editLine, keyOfAnyPrompt } from './edit-line.ts';
import { hiddenWords, hideAudit } from './hidden-audit.ts';
import { matching, type PaletteItem } from './palette.ts';
import { freshDialog, type PaletteState, type UiState } from './ui-state.ts';

const mostRemembered = 20;

/** Runs what a key would, on the state without the palette. */
type RunKey = (ui: UiState, key: string, at: Surroundings) => Reduced;

interface Pressed {
  readonly key: string;
  readonly run: RunKey;
}

/** A key while the palette is open. `enter` does what is selected, or says why that cannot be done. */
export function paletteKey(
  ui: UiState,
  palette: PaletteState,
  { at, key, run }: Pressed & { readonly at: Surroundings },
): Reduced {
  const found = matching(at.palette(), palette.text);
  const index = Math.min(palette.index, Math.max(0, found.length - 1));
  const select = (next: number): Reduced => just({ ...ui, palette: { ...palette, index: next } });
  switch (key) {
    case 'esc':
      return just({ ...ui, palette: null });
    case 'enter':
      return choose(ui, found[index], { at, run });
    case 'down':
    case 'tab':
      return select((index + 1) % Math.max(1, found.length));
    case 'up':
      return index === 0 ? recalled(ui, palette) : select(index - 1);
  }
  if (key === 'backspace' && palette.text === '') return just({ ...ui, palette: null });
  const text = editLine(palette.text, key);
  if (text !== null) return just({ ...ui, palette: { ...palette, text, index: 0, back: 0 } });
  return (
    keyOfAnyPrompt(ui, key) ?? say(ui, `${key} does nothing here; enter does what is selected`)
  );
}

/** What was chosen before that, as a shell's history gives it. */
function recalled(ui: UiState, palette: PaletteState): Reduced {
  const back = palette.back + 1;
  const text = ui.chosen.at(-back);
  if (text === undefined) return say(ui, 'nothing was chosen here before that');
  return just({ ...ui, palette: { ...palette, text, index: 0, back } });
}

function choose(
  ui: UiState,
  item: PaletteItem | undefined,
  { at, run }: Pick<Pressed, 'run'> & { readonly at: Surroundings },
): Reduced {
  if (!item) return say(ui, 'nothing is called so; esc closes');
  if (item.refusal !== null) return say(ui, item.refusal);
  const others = ui.chosen.filter((one) => one !== item.name);
  const closed = { ...ui, palette: null, chosen: [...others, item.name].slice(-mostRemembered) };
  if (item.does.type === 'key') return run(closed, item.does.key, at);
  if (item.does.type === 'act') {
    return ask({ ...closed, actionHidden: false, dialog: freshDialog }, item.does);
  }
  const gone = { ...goTo(closed, item.does), logs: null };
  if (closed.audit && at.audit) return say(hideAudit(gone, closed.audit), hiddenWords(at.audit));
  return closed.logs ? ask(gone, { type: 'close-logs' }) : just(gone);
}
