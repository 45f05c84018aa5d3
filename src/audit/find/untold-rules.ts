import type { Unknown, Untold } from '../../model/audit.ts';
import { refusedToRoot } from '../collect/answers.ts';
import type { Rule } from './rule.ts';

interface Words {
  readonly title: string;
  readonly remedy: string;
}

type Reason = Exclude<Untold, 'not-there'> | 'kept-from-root';

/** `not-there` is an answer. */
const words: Readonly<Record<Reason, Words>> = {
  'kept-from-root': {
    title: 'keeps something even from root',
    remedy: 'look on the machine that its container runs on, if it matters',
  },
  'tool-missing': { title: 'has no program that would tell', remedy: 'install what is missing' },
  'needs-root': {
    title: 'tells more only to root',
    remedy: 'log in as root for an audit: its user may not see these',
  },
  'timed-out': { title: 'did not answer in time', remedy: 'look whether a disk or a mount hangs' },
  'cut-off': {
    title: 'was cut off in what it told',
    remedy: 'look again; is there too much of it?',
  },
  'not-understood': {
    title: 'told what nobody understood',
    remedy: 'report it, with joelclaw audit HOST --json',
  },
};

/** A host without these runs nothing by them: that is an answer. */
const optional =
  /^(?:systemctl|systemd-detect-virt|crontab|docker|podman|ss|ip|ufw|loginctl|netstat)\b/;

const isExpected = (why: Untold, told: string): boolean =>
  why === 'not-there' || (why === 'tool-missing' && optional.test(told));

function reasonOf({ why, words: told }: Unknown): Reason | 'not-there' {
  return told.startsWith(refusedToRoot) ? 'kept-from-root' : why;
}

/** One for each reason, not one for each probe. */
const untold: Rule = ({ unknowns, host, cutOff }) => {
  const counted = unknowns.filter((one) => !isExpected(one.why, one.words));
  return [...Map.groupBy(counted, reasonOf)].flatMap(([why, all]) => {
    if (why === 'not-there' || (why === 'cut-off' && cutOff !== null)) return [];
    return [
      {
        id: `not-told/${why}`,
        severity: 'unknown' as const,
        title: `${host} ${words[why].title}`,
        evidence: all
          .map(({ probe }) => probe)
          .toSorted()
          .join(', '),
        remedy: words[why].remedy,
      },
    ];
  });
};

const cutOffEarly: Rule = ({ cutOff, host, unknowns }) => {
  if (cutOff === null) return [];
  const probe = unknowns.find(({ why }) => why === 'cut-off')?.probe;
  return [
    {
      id: 'cut-off',
      severity: 'critical',
      title: `the look into ${host} ended before its end: what comes after is not known`,
      evidence: `${cutOff.message}${probe === undefined ? '' : `, at ${probe}`}`,
      remedy: cutOff.hint ?? `joelclaw audit ${host}, once more`,
    },
  ];
};

/** What nobody can tell from what was seen. */
export const untoldRules: readonly Rule[] = [untold, cutOffEarly];
