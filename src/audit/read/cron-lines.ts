import { type Answers, toldBy } from '../collect/answers.ts';
import { filesBy } from './told.ts';

/** A line that cron(8) runs. */
export interface CronLine {
  /** `/etc/crontab`, `crontab of joel` */
  readonly source: string;
  /** As written: `* * * * *`, `@reboot`. */
  readonly schedule: string;
  readonly isAtBoot: boolean;
  readonly command: string;
}

const spool = /^\/var\/spool\/cron\/(?:crontabs\/|tabs\/)?/;
const lineOf = /^\s*(@[a-z]+|(?:[\d*/,?A-Za-z-]+\s+){4}[\d*/,?A-Za-z-]+)\s+(.*\S)\s*$/;

/** Those that we may read; a user's own always among them. */
export function cronLinesOf(answers: Answers, us: string): readonly CronLine[] {
  const files = filesBy(answers, 'crontabs') ?? new Map<string, string[]>();
  const own = (toldBy(answers, 'crontab') ?? '').split('\n').flatMap(from(`crontab of ${us}`, ''));
  const others = [...files].flatMap(([path, lines]) =>
    spool.test(path)
      ? lines.flatMap(from(`crontab of ${path.replace(spool, '')}`, ''))
      : lines.flatMap(from(path, '\\S+\\s+')),
  );
  const isOwn = ({ source }: CronLine): boolean => source === `crontab of ${us}`;
  return [...own, ...others.filter((line) => own.length === 0 || !isOwn(line))];
}

/** In the tables of the system a user stands before the command. */
function from(source: string, user: string): (line: string) => readonly CronLine[] {
  const before = new RegExp(`^${user}`);
  return (line) => {
    const [, schedule = '', rest = ''] = /^\s*#/.test(line) ? [] : (lineOf.exec(line) ?? []);
    if (schedule === '') return [];
    const command = rest.replace(before, '');
    return [{ source, schedule, isAtBoot: schedule === '@reboot', command }];
  };
}
