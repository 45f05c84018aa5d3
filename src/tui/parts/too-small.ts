import type { Size } from '../layout.ts';
import { smallest } from '../layout.ts';
import { type Line, lineOf, seg } from '../line.ts';

/** How small it is and what it needs, in as many rows as there are; `ending` asks for a second `q`. */
export function tooSmallLines({ columns, rows }: Size, ending: boolean): readonly Line[] {
  const way = ending ? 'it is at work: q again quits' : 'make it larger, or q quits';
  const lines = [
    lineOf(seg(`${columns}×${rows} is too small`, 'strong')),
    lineOf(`joelclaw needs ${smallest.columns}×${smallest.rows}`),
    lineOf(seg(way, 'dim')),
  ];
  return lines.slice(0, Math.max(0, rows));
}
