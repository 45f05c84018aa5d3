import type { CronEntry } from '../../model/audit-facts.ts';
import { hideSecrets } from '../../model/hide-secrets.ts';
import { type Answers, answerOf } from '../collect/answers.ts';
import { byText, filesBy, isAbsent, lineOf, linesOf } from './told.ts';

/** Every line of a schedule, of this user's own and of the files that may be read. */
export function crontabsOf(answers: Answers): readonly CronEntry[] | null {
  const own = ownLines(answers);
  const files = isAbsent(answers, 'crontabs') ? new Map() : filesBy(answers, 'crontabs');
  if (own === null && files === null) return null;
  const [, me = null] = /^uid=\d+\(([^)]+)\)/.exec(lineOf(answers, 'id') ?? '') ?? [];
  const mine = (own ?? []).flatMap((line) => entryOf(line, { source: 'crontab', user: me }));
  const theirs = [...(files ?? new Map<string, string[]>())].flatMap(([path, lines]) =>
    lines.flatMap((line: string) => entryOf(line, placeOf(path))),
  );
  // What is read both ways is told as what it is: the table of that user.
  const isMine = ({ user, source }: CronEntry): boolean =>
    user === me && source.startsWith('/var/spool/');
  const all = theirs.some(isMine) ? theirs : [...mine, ...theirs];
  return all.toSorted((a, b) => byText(a.source, b.source));
}

/** `no crontab for joel` is an answer, and so is a host without cron. */
function ownLines(answers: Answers): readonly string[] | null {
  const { why, text, exitCode, words } = answerOf(answers, 'crontab');
  if (why === 'tool-missing' || /^no crontab for|can't open '\w+'/i.test(words)) return [];
  return why === null && exitCode === 0 ? linesOf(text) : null;
}

/** Of a user's own table the file bears the name; the tables of the system name the user in each line. */
function placeOf(path: string): Pick<CronEntry, 'source' | 'user'> {
  const isOfSystem = path === '/etc/crontab' || path.startsWith('/etc/cron.d/');
  return { source: path, user: isOfSystem ? null : (path.split('/').at(-1) ?? null) };
}

/** crontab(5): five fields or a word with @, of the system's then a user, then the command. */
const fields = /^\s*(@[a-z]+|\S+(?:\s+\S+){4})\s+(.*\S)\s*$/;
const setting = /^\s*(?:"[^"]*"|'[^']*'|[A-Za-z_]\w*)\s*=/;

function entryOf(
  line: string,
  { source, user }: Pick<CronEntry, 'source' | 'user'>,
): readonly CronEntry[] {
  if (/^\s*(?:#|$)/.test(line) || setting.test(line)) return [];
  const [, when = '', rest = ''] = fields.exec(line) ?? [];
  if (!/^[@\d*]/.test(when)) return [];
  const schedule = when.replace(/\s+/g, ' ');
  if (user !== null || source === 'crontab') {
    return [{ source, user, schedule, command: hideSecrets(rest) }];
  }
  const [, owner = '', command = ''] = /^(\S+)\s+(.*)$/.exec(rest) ?? [];
  return owner === '' ? [] : [{ source, user: owner, schedule, command: hideSecrets(command) }];
}
