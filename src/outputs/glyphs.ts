import type { State } from '../model/state.ts';

/** One cell each, told apart by shape alone. */
export const glyphs: Readonly<Record<State, string>> = {
  up: '●',
  degraded: '▲',
  down: '✕',
  unknown: '?',
  suppressed: '◌',
  idle: '·',
  'n/a': '–',
};
