import type { Unknown, Untold } from '../../model/audit.ts';
import { createAnswerReader } from './answer-reader.ts';

/** What a probe has told. `why` is null where it was asked and came to its end, whatever its exit code. */
export interface Answer {
  readonly text: string;
  /** Null where it did not come to its end. */
  readonly exitCode: number | null;
  /** Its last words on standard error, or what is missing. */
  readonly words: string;
  readonly why: Untold | null;
  /** Why there may be more of it than it has told. */
  readonly less?: Untold;
}

/** By their names. A probe that the output does not reach has none: ask with `answerOf`. */
export type Answers = ReadonlyMap<string, Answer>;

/** The answers, and whether the script told that it came to its end. */
export interface Collected {
  readonly answers: Answers;
  readonly isWhole: boolean;
}

/** Reads what the script has told so far, however it ended: what is not whole is `cut-off`. */
export function readAnswers(output: string): Collected {
  const reader = createAnswerReader(() => undefined);
  reader.hear(output);
  return reader.end();
}

const unasked: Answer = { text: '', exitCode: null, words: '', why: 'cut-off' };

/** Of a probe that the output does not reach: it was cut off before. */
export function answerOf(answers: Answers, id: string): Answer {
  return answers.get(id) ?? unasked;
}

/** Its output where it has told anything; null where that cannot be known. */
export function toldBy(answers: Answers, id: string): string | null {
  const { text, why } = answerOf(answers, id);
  return why === null ? text : null;
}

/** So begin the words of what root has asked for in vain, as in a container. */
export const refusedToRoot = 'refused even to root';

/** What told nothing, or not all. What is not there is an answer, not an unknown. */
export function unknownsOf(answers: Answers): readonly Unknown[] {
  const isRoot = /^uid=0\(/.test(toldBy(answers, 'id') ?? '');
  return [...answers].flatMap(([probe, { why, less, words }]) => {
    const reason = why ?? less ?? 'not-there';
    if (reason === 'not-there') return [];
    const said = isRoot && reason === 'needs-root' ? `${refusedToRoot}: ${words}` : words;
    return [{ probe, why: reason, words: said }];
  });
}
