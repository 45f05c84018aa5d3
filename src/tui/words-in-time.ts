import type { Known } from './known.ts';
import type { UiState } from './ui-state.ts';

/** What a key has to say is read as it is pressed. */
export const keyWordsMs = 5000;
/** What is told later or unasked may be looked for, or copied: where something was saved, what has changed. */
export const toldWordsMs = 30_000;

interface Spoken {
  readonly ui: UiState;
  readonly known: Pick<Known, 'notice'>;
  readonly wordsUntilMs: number;
}

/**
 * A mind without words whose time is over, or whose place an alarm takes that has just come: a screen
 * that is left open would else hide it behind the word of a key that nobody remembers. With the words
 * goes what they ask for: a second ctrl-c long after the first one is a first one.
 */
export function inTime<M extends Spoken>(mind: M, noticeBefore: string | null, nowMs: number): M {
  const { notice } = mind.known;
  const alarmed = notice !== null && notice !== noticeBefore;
  const isOver = alarmed || nowMs > mind.wordsUntilMs;
  return isOver && mind.ui.message !== null
    ? { ...mind, ui: { ...mind.ui, message: null, ending: false } }
    : mind;
}
