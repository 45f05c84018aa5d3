import { widthOf } from '../cells.ts';
import { targetsOf } from '../events.ts';
import { type Line, lineOf, padded, seg } from '../line.ts';
import { matching, type PaletteItem, paletteItems } from '../palette.ts';
import { overOf, type Shown } from '../shown.ts';
import type { PaletteState } from '../ui-state.ts';
import { wrapLine } from '../wrap-line.ts';
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
  const names = width >= 100 ? 40 : 24;
  const reason = reasonLines(found[at], { width, names });
  const room = Math.max(1, rows - 1 - reason.length);
  const from = Math.max(0, Math.min(at - room + 1, found.length - room));
  const title = [seg(':', 'strong'), seg(text, 'accent'), seg('▏')];
  const count = [seg(`${found.length}`, 'dim')];
  return [
    ruleLine(title, count, width),
    ...found.slice(from, from + room).flatMap((item, row) => {
      const selected = from + row === at;
      return [itemLine(item, { selected, names }), ...(selected ? reason : [])];
    }),
    ...(found.length === 0 ? [lineOf(' ', seg('nothing is called so', 'dim'))] : []),
  ];
}

/** Why what is selected cannot be done, on lines of its own where its row has no room for it. */
function reasonLines(
  item: PaletteItem | undefined,
  { width, names }: { readonly width: number; readonly names: number },
): readonly Line[] {
  const refusal = item?.refusal ?? null;
  const left = width - 1 - 9 - 1 - names - 1;
  if (refusal === null || widthOf(refusal) <= left) return [];
  return wrapLine(lineOf('   ', seg(refusal, 'warn')), width);
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
