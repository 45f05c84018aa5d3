import { targetsOf } from '../events.ts';
import { type Line, lineOf, padded, seg } from '../line.ts';
import { matching, type PaletteItem, paletteItems } from '../palette.ts';
import { overOf, type Shown } from '../shown.ts';
import type { PaletteState } from '../ui-state.ts';
import { ruleLine } from './title.ts';

/** All that it offers, as it is shown. */
export function paletteOf(shown: Shown): readonly PaletteItem[] {
  const { palette } = shown.ui;
  if (palette === null) return [];
  const { offered } = palette;
  return paletteItems(targetsOf(shown.known), { over: overOf(shown), offered });
}

/** The prompt and what matches it, the selected one in sight. */
export function paletteLines(
  items: readonly PaletteItem[],
  { text, index }: PaletteState,
  { width, rows }: { readonly width: number; readonly rows: number },
): readonly Line[] {
  const found = matching(items, text);
  const at = Math.min(index, Math.max(0, found.length - 1));
  const room = Math.max(1, rows - 1);
  const from = Math.max(0, Math.min(at - room + 1, found.length - room));
  const title = [seg(':', 'strong'), seg(text, 'accent'), seg('▏')];
  const count = [seg(`${found.length}`, 'dim')];
  return [
    ruleLine(title, count, width),
    ...found
      .slice(from, from + room)
      .map((item, row) =>
        itemLine(item, { selected: from + row === at, names: width >= 100 ? 40 : 24 }),
      ),
    ...(found.length === 0 ? [lineOf(' ', seg('nothing is called so', 'dim'))] : []),
  ];
}

function itemLine(
  { name, words, key, refusal }: PaletteItem,
  { selected, names }: { readonly selected: boolean; readonly names: number },
): Line {
  const dim = refusal !== null;
  const line = lineOf(
    ' ',
    padded(key, 9, { tone: dim ? 'dim' : 'accent' }),
    ' ',
    padded(name, names, { tone: dim ? 'dim' : 'plain' }),
    ' ',
    seg(dim ? `${refusal} · ${words}` : words, dim ? 'dim' : 'plain'),
  );
  return selected ? { ...line, look: 'selected' } : line;
}
