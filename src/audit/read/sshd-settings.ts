import type { AuditFacts } from '../../model/audit-facts.ts';
import type { Answers } from '../collect/answers.ts';
import { byText, filesBy, listedBy } from './told.ts';

type SshdSettings = Pick<AuditFacts['logins'], 'passwordAuthentication' | 'rootLogin'>;

const main = '/etc/ssh/sshd_config';
const untold: SshdSettings = { passwordAuthentication: null, rootLogin: null };

/**
 * sshd_config(5): the first word counts, where an Include stands its files are read, and what is within
 * a Match is for some. What may stand in a file that we cannot read could not be told.
 */
export function sshdSettingsOf(answers: Answers): SshdSettings {
  const files = filesBy(answers, 'sshd');
  if (!files?.has(main)) return untold;
  const there = (listedBy(answers, 'sshd-files') ?? []).map(
    (name) => `/etc/ssh/sshd_config.d/${name.trim()}`,
  );
  const paths = [...new Set([...files.keys(), ...there])].toSorted(byText);
  const words = wordsIn(main, { files, paths, depth: 0 });
  const of = (key: string, usual: string): string | null => {
    const [, value] = words.find(([name]) => name === key || name === unread) ?? ['', usual];
    return value === '' ? null : value.toLowerCase();
  };
  const [password, asked] = [of('passwordauthentication', 'yes'), of(askedKey, 'yes')];
  const byPam = of('usepam', 'no');
  // PAM asks for a password too, by another name.
  const isAsked = asked === null || byPam === null ? null : asked === 'yes' && byPam === 'yes';
  const isOn = password === null ? null : password === 'yes';
  return {
    passwordAuthentication:
      isOn || isAsked ? true : isOn === null || isAsked === null ? null : false,
    rootLogin: rootWord(of('permitrootlogin', 'prohibit-password')),
  };
}

const askedKey = 'kbdinteractiveauthentication';
/** Stands for all that a file may say. */
const unread = '?';

function rootWord(word: string | null): string | null {
  return word === 'without-password' ? 'prohibit-password' : word;
}

interface Reading {
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly paths: readonly string[];
  readonly depth: number;
}

/** Keys in small letters with their values, in the order in which sshd reads them. */
function wordsIn(path: string, reading: Reading): readonly (readonly [string, string])[] {
  const lines = reading.files.get(path);
  if (lines === undefined) return [[unread, '']];
  const found: (readonly [string, string])[] = [];
  for (const line of lines) {
    const [, name = '', value = ''] = /^\s*(\w+)[\s=]+(.*?)\s*$/.exec(line) ?? [];
    const key = name.toLowerCase();
    if (key === 'match') break;
    if (key === 'include' && reading.depth < 8) {
      const deeper = { ...reading, depth: reading.depth + 1 };
      for (const one of included(value, reading.paths)) found.push(...wordsIn(one, deeper));
    } else if (key === 'challengeresponseauthentication') found.push([askedKey, bare(value)]);
    else if (key !== '') found.push([key, bare(value)]);
  }
  return found;
}

function bare(value: string): string {
  return (/^"([^"]*)"/.exec(value)?.[1] ?? value.split(/\s/)[0] ?? '').trim();
}

/** The files of a pattern, of several, in their order; a relative one is below /etc/ssh. */
function included(patterns: string, paths: readonly string[]): readonly string[] {
  return patterns.split(/\s+/).flatMap((word) => {
    const pattern = word.replace(/^"|"$/g, '');
    const whole = pattern.startsWith('/') ? pattern : `/etc/ssh/${pattern}`;
    return paths.filter((path) => path !== main && matches(path, whole));
  });
}

/** glob(7), of which `*` and `?` are enough; no name has more than a few of them. */
function matches(path: string, pattern: string): boolean {
  const source = pattern
    .slice(0, 200)
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  return new RegExp(`^${source}$`).test(path);
}
