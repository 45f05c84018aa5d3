import type { Streak } from '../model/health.ts';
import type { State } from '../model/state.ts';
import { glyphs } from '../outputs/glyphs.ts';
import { type Segment, seg, type Tone } from './line.ts';

const tones: Readonly<Record<State, Tone>> = {
  down: 'bad',
  degraded: 'warn',
  unknown: 'unsure',
  suppressed: 'dim',
  up: 'good',
  idle: 'good',
  'n/a': 'dim',
};

export function glyphOf(state: State): string {
  return glyphs[state];
}

export function toneOf(state: State): Tone {
  return tones[state];
}

/** The glyph in its colour. */
export function mark(state: State): Segment {
  return seg(glyphs[state], tones[state]);
}

/** The tone of a word that must not shout while all is well. */
export function calmToneOf(state: State): Tone {
  return state === 'up' || state === 'idle' ? 'plain' : tones[state];
}

/** "down 2/3" while a change to this very state is on its way, "down" once it is firm. */
export function stateWords(state: State, { toward, n, of }: Streak): string {
  return toward === state && of > 1 ? `${state} ${n}/${of}` : state;
}
