import { hideSecrets } from '../../model/hide-secrets.ts';
import { bootLineOf, periodicLineOf } from './at-boot.ts';
import { atLogout, type Told } from './at-logout.ts';
import { killOf, lineFor, logsOf, untilGone } from './by-hand-commands.ts';
import { asUser, type Rung } from './ground.ts';

const cronUnit = /^(?:cron|crond|cronie|anacron)\.service$/;

/** cron(8), by its process above or its unit's group, and by the line that starts it. */
export const byCron: Rung = (subject, ground) => {
  const { process, lineage, place } = subject;
  const above = lineage.slice(1).find(({ name }) => /^(?:cron|crond|CRON)$/.test(name));
  const isInGroup = cronUnit.test(place?.unit ?? '');
  if (above === undefined && !isInGroup) return null;
  const line = bootLineOf(subject, ground);
  const other = line === null ? periodicLineOf(subject, ground) : null;
  const shown = line ?? other;
  const reboot: Told =
    line !== null
      ? { survives: true, why: `a line @reboot of ${line.source} starts it` }
      : { survives: null, why: 'no line @reboot that we may read speaks of it' };
  const crash: Told =
    other === null
      ? { survives: false, why: 'cron starts it at boot, and never again' }
      : { survives: null, why: `a line of ${other.source} runs again and again and speaks of it` };
  const logout =
    above === undefined
      ? { survives: true, why: 'it belongs to cron, not to a login' }
      : atLogout(subject, ground);
  const command = line === null ? null : hideSecrets(line.command);
  const isKnown = command !== null && !command.includes('(hidden)');
  const canStart =
    process !== null && isKnown && (ground.us === 0 || asUser(process.uid, ground) === '');
  return {
    manager: {
      ...{ kind: 'cron', name: line === null ? null : '@reboot' },
      confidence: line === null ? 'likely' : 'certain',
      evidence: [
        isInGroup ? `its control group is that of cron: ${place?.path}` : 'cron has started it',
        shown === null
          ? 'no line of a crontab that we may read speaks of it'
          : `${shown.source}: ${shown.isAtBoot ? '@reboot ' : ''}${hideSecrets(shown.command)}`,
      ],
    },
    survives: {
      ...{ reboot: reboot.survives, crash: crash.survives, logout: logout.survives },
      why: { reboot: reboot.why, crash: crash.why, logout: logout.why },
    },
    restart: canStart
      ? lineFor(
          process.uid,
          // As one of cron's, it does not end with the terminal that this is given in.
          `kill ${process.pid}; ${untilGone(process.pid)}; (trap '' HUP; ${command}) </dev/null >/dev/null 2>&1 &`,
          ground,
        )
      : null,
    stop: process === null ? null : killOf(process, ground),
    logs: process === null ? null : logsOf(process),
  };
};
