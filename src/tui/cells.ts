import stringWidth from 'string-width';
import { isOneCell } from './one-cell.ts';

/**
 * What terminals disagree about: joiners, variation selectors, keycaps and skin tones. Without them
 * every code point stands alone and is as wide everywhere.
 */
const disputed = /\u200b|\u200c|\u200d|\u2060|\u20e3|[\ufe00-\ufe0f]|\ud83c[\udffb-\udfff]/g;

/** Text that is as wide in every terminal. */
export function steadyText(text: string): string {
  return isSimple(text) ? text : text.replace(disputed, '');
}

/** How many cells a text takes: by its length where every character is known to take one. */
export function widthOf(text: string): number {
  return isSimple(text) ? text.length : stringWidth(text);
}

/** At most `width` cells; what is cut off leaves an ellipsis. */
export function truncate(text: string, width: number): string {
  if (width <= 0) return '';
  if (isSimple(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
  const steady = steadyText(text);
  if (stringWidth(steady) <= width) return steady;
  let kept = '';
  let cells = 0;
  for (const { segment } of segmenter().segment(steady)) {
    cells += stringWidth(segment);
    if (cells > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Exactly `width` cells: cut or filled up with spaces, at the left when aligned to the right. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = truncate(text, width);
  const fill = ' '.repeat(Math.max(0, width - widthOf(cut)));
  return align === 'left' ? cut + fill : fill + cut;
}

/** The beginning of a text that takes at most `room` cells, and one character at least. */
export function beginningOf(text: string, room: number): string {
  let kept = '';
  let cells = 0;
  for (const { segment } of segmenter().segment(text)) {
    cells += widthOf(segment);
    if (cells > room && kept !== '') break;
    kept += segment;
  }
  return kept;
}

let graphemes: Intl.Segmenter | undefined;

/** Made when first needed: most networks never need it. */
function segmenter(): Intl.Segmenter {
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return graphemes;
}

/** Only characters of one cell, and nothing that is none. */
function isSimple(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (!isOneCell(text.charCodeAt(index))) return false;
  }
  return true;
}
