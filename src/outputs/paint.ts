import type { State } from '../model/state.ts';

/** SGR codes of the 16-colour palette; the glyph and the word carry the state without them. */
const codes: Readonly<Record<State | 'bold' | 'dim', number>> = {
  up: 32,
  degraded: 33,
  down: 31,
  unknown: 35,
  suppressed: 90,
  idle: 36,
  'n/a': 90,
  bold: 1,
  dim: 2,
};

export type Painter = (style: State | 'bold' | 'dim', text: string) => string;

/** A painter that colours, or one that leaves text alone. */
export function painter(color: boolean): Painter {
  return color
    ? (style, text) => `\u001b[${codes[style]}m${text}\u001b[0m`
    : (_style, text) => text;
}
