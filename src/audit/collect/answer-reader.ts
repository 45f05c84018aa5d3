import type { Untold } from '../../model/audit.ts';
import { withoutControls } from '../../model/plain-text.ts';
import type { Answer, Collected } from './answers.ts';
import { capBytes } from './framing.ts';
import { hideInAnswer } from './hide-in-answer.ts';
import { lessOf, whyOf } from './why-untold.ts';

/** Takes the output as it comes, in pieces of any size. */
export interface AnswerReader {
  hear(text: string): void;
  /** What was told so far, however it ended. */
  end(): Collected;
}

/** More than the busiest honest host has; the answers of one that tells more are not taken. */
const mostAnswers = 2000;
const mostWords = 1200;
const idPattern = /^[A-Za-z0-9][\w.@+-]{0,79}$/;
const noneLine = /^@@NONE (\S+) (tool-missing|not-there|needs-root|timed-out|cut-off) (.*)$/;

interface Open {
  readonly id: string;
  readonly said: string[];
  readonly words: string[];
  size: number;
  wordsSize: number;
}

type Ending = 'ended' | 'late' | 'cut';

/**
 * Keeps no more of an answer than the script sends of one, whatever comes; control characters and
 * secrets are taken out before anything is kept. `onBegin` is told each name once.
 */
export function createAnswerReader(onBegin: (id: string) => void): AnswerReader {
  const answers = new Map<string, Answer>();
  let open: Open | null = null;
  let isWhole = false;
  let rest = '';
  const close = (ending: Ending): void => {
    if (open) answers.set(open.id, answerFrom(open, ending));
    open = null;
  };
  const begin = (id: string): void => {
    close('cut');
    if (!idPattern.test(id) || answers.has(id) || answers.size >= mostAnswers) return;
    open = { id, said: [], words: [], size: 0, wordsSize: 0 };
    onBegin(id);
  };
  const takeLine = (line: string): void => {
    if (line.startsWith('|')) keep(open, line.slice(1));
    else if (line.startsWith('!')) keepWords(open, line.slice(1));
    else if (line.startsWith('@@BEGIN ')) begin(line.slice('@@BEGIN '.length));
    else if (line.startsWith('@@END ')) close('ended');
    else if (line.startsWith('@@LATE ')) close('late');
    else if (line === '@@DONE') isWhole = true;
    else if (line.startsWith('@@NONE ')) {
      const [, id = '', why = '', words = ''] = noneLine.exec(line) ?? [];
      const isNew = idPattern.test(id) && !answers.has(id) && answers.size < mostAnswers;
      if (!isNew) return;
      const said = withoutControls(words.slice(0, mostWords));
      answers.set(id, { text: '', exitCode: null, words: said, why: why as Untold });
    }
  };
  const hear = (text: string): void => {
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      takeLine(joined(rest, text.slice(from, at)));
      rest = '';
      from = at + 1;
    }
    rest = joined(rest, text.slice(from));
  };
  return {
    hear,
    end: () => {
      if (rest.startsWith('|')) keep(open, rest.slice(1));
      rest = '';
      close('cut');
      return { answers, isWhole };
    },
  };
}

/** A line that no probe sends is kept only as far as shows that it is too long. */
function joined(rest: string, more: string): string {
  const room = capBytes + 1 - rest.length;
  return room <= 0 ? rest : rest + more.slice(0, room);
}

function keep(open: Open | null, line: string): void {
  if (!open || open.size > capBytes) return;
  open.said.push(line.slice(0, capBytes + 1 - open.size));
  open.size += line.length + 1;
}

function keepWords(open: Open | null, line: string): void {
  if (!open || open.wordsSize > mostWords) return;
  open.words.push(line.slice(0, mostWords));
  open.wordsSize += line.length + 1;
}

function answerFrom({ id, said, words }: Open, ending: Ending): Answer {
  const raw = said.join('\n');
  const whole = withoutControls(raw);
  const told = words.filter((line) => line.trim() !== '');
  const [, code = ''] = /^@@RC (\d{1,3})$/.exec(told.at(-1) ?? '') ?? [];
  const trouble = withoutControls((code === '' ? told : told.slice(0, -1)).join(' ').trim());
  const exitCode = code === '' ? null : Number(code);
  const answer = { text: hideInAnswer(id, whole), exitCode, words: hideInAnswer('', trouble) };
  if (ending === 'late') return { ...answer, why: 'timed-out' };
  if (ending === 'cut' || isCapped(raw)) return { ...answer, why: 'cut-off' };
  const seen = { exitCode, words: trouble, text: whole };
  const less = lessOf(seen);
  return { ...answer, why: whyOf(seen), ...(less === null ? {} : { less }) };
}

/** Its last line may have had an end or none. What was no UTF-8 counts for more than it was. */
function isCapped(text: string): boolean {
  if (text.length * 3 < capBytes - 1) return false;
  return new TextEncoder().encode(text).length >= capBytes - 1;
}
