import type { Unknown, Untold } from '../../model/audit.ts';

/** What a probe has told. `why` is null where it was asked and came to its end, whatever its exit code. */
export interface Answer {
  readonly text: string;
  /** Null where it did not come to its end. */
  readonly exitCode: number | null;
  /** Its last words on standard error, or what is missing. */
  readonly words: string;
  readonly why: Untold | null;
}

/** By their names. A probe that the output does not reach has none: ask with `answerOf`. */
export type Answers = ReadonlyMap<string, Answer>;

/** The answers, and whether the script told that it came to its end. */
export interface Collected {
  readonly answers: Answers;
  readonly isWhole: boolean;
}

const noneLine = /^@@NONE (\S+) (tool-missing|not-there) (.*)$/;
const rootWords =
  /permission denied|operation not permitted|must be root|are you root|access denied/i;
/** timeout(1), and the signals by which it ends what does not listen. */
const timedOut: ReadonlySet<number> = new Set([124, 137, 143]);

interface Open {
  readonly id: string;
  readonly said: string[];
  readonly words: string[];
}

/** Reads what the script has told so far, however it ended: what is not whole is `cut-off`. */
export function readAnswers(output: string): Collected {
  const answers = new Map<string, Answer>();
  let open: Open | null = null;
  let isWhole = false;
  const close = (isEnded: boolean): void => {
    if (open && !answers.has(open.id)) answers.set(open.id, answerFrom(open, isEnded));
    open = null;
  };
  for (const line of output.split('\n')) {
    if (line.startsWith('|')) open?.said.push(line.slice(1));
    else if (line.startsWith('!')) open?.words.push(line.slice(1));
    else if (line.startsWith('@@BEGIN ')) {
      close(false);
      open = { id: line.slice('@@BEGIN '.length), said: [], words: [] };
    } else if (line.startsWith('@@END ')) close(true);
    else if (line === '@@DONE') isWhole = true;
    else {
      const [, id = '', why = '', words = ''] = noneLine.exec(line) ?? [];
      if (id !== '') answers.set(id, { text: '', exitCode: null, words, why: why as Untold });
    }
  }
  close(false);
  return { answers, isWhole };
}

function answerFrom({ said, words }: Open, isEnded: boolean): Answer {
  const text = said.join('\n');
  const told = words.filter((line) => line.trim() !== '');
  const [, code = ''] = /^@@RC (\d+)$/.exec(told.at(-1) ?? '') ?? [];
  const trouble = (code === '' ? told : told.slice(0, -1)).join(' ').trim();
  const exitCode = code === '' ? null : Number(code);
  return {
    text,
    exitCode,
    words: trouble,
    why: isEnded ? whyOf(exitCode, trouble, text) : 'cut-off',
  };
}

function whyOf(exitCode: number | null, words: string, text: string): Untold | null {
  if (exitCode === null || exitCode === 141) return 'cut-off';
  if (timedOut.has(exitCode)) return 'timed-out';
  if (exitCode === 127) return 'tool-missing';
  return text.trim() === '' && rootWords.test(words) ? 'needs-root' : null;
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

/** What told nothing, or not all. What is not there is an answer, not an unknown. */
export function unknownsOf(answers: Answers): readonly Unknown[] {
  return [...answers].flatMap(([probe, { why, words }]) =>
    why === null || why === 'not-there' ? [] : [{ probe, why, words }],
  );
}
