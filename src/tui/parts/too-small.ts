import type { Size } from '../layout.ts';
import { smallest } from '../layout.ts';
import { type Line, lineOf, seg } from '../line.ts';

/** How small it is and what it needs, in as many rows as there are. */
export function tooSmallLines({ columns, rows }: Size): readonly Line[] {
  const lines = [
    lineOf(seg(`${columns}×${rows} is too small`, 'strong')),
    lineOf(`joelclaw needs ${smallest.columns}×${smallest.rows}`),
    lineOf(seg('make it larger, or q quits', 'dim')),
  ];
  return lines.slice(0, Math.max(0, rows));
}
