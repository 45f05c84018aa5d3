import { readFileSync } from 'node:fs';
import { type Answer, type Answers, readAnswers } from '../../src/audit/collect/answers.ts';
import type { Untold } from '../../src/model/audit.ts';

type Made = string | Partial<Answer> | Untold;

const untold: ReadonlySet<string> = new Set([
  'tool-missing',
  'needs-root',
  'not-there',
  'timed-out',
]);

/** Answers of these probes: a text is what a probe told that ended well, a word why it told nothing. */
export function madeAnswers(made: Readonly<Record<string, Made>>): Answers {
  return new Map(
    Object.entries(made).map(([id, one]): readonly [string, Answer] => {
      const whole: Answer = { text: '', exitCode: 0, words: '', why: null };
      if (typeof one !== 'string') return [id, { ...whole, ...one }];
      if (untold.has(one)) return [id, { ...whole, exitCode: null, why: one as Untold }];
      return [id, { ...whole, text: one }];
    }),
  );
}

/** What the script of the audit told on a real host. */
export function recordedAnswers(name: 'debian-root' | 'debian-joel' | 'docker-root'): Answers {
  const text = readFileSync(new URL(`recorded/${name}.txt`, import.meta.url), 'utf8');
  return readAnswers(text).answers;
}
