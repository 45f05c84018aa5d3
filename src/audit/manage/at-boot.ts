import { hideSecrets } from '../../model/hide-secrets.ts';
import type { CronLine } from '../read/cron-lines.ts';
import type { Told } from './at-logout.ts';
import type { Ground, Subject } from './ground.ts';
import { scriptAbove } from './script-above.ts';
import { holdsWord, speaksOf } from './words.ts';

/** The line of a crontab that starts it at boot; null where none that we may read does. */
export function bootLineOf({ process, lineage }: Subject, { cronLines }: Ground): CronLine | null {
  if (process === null) return null;
  const shells = lineage.flatMap(({ command }) => (command[1] === '-c' ? [command[2] ?? ''] : []));
  return (
    cronLines.find(
      ({ isAtBoot, command }) =>
        isAtBoot && (speaksOf(command, process) || shells.includes(command)),
    ) ?? null
  );
}

/** Of what nobody but a person starts. */
export function atBootByHand(subject: Subject, ground: Ground): Told {
  const line = bootLineOf(subject, ground);
  if (line !== null) return { survives: true, why: `a line @reboot of ${line.source} starts it` };
  const other = periodicLineOf(subject, ground);
  if (other !== null) return { survives: null, why: maybeBy(other) };
  const isOurs = subject.uid === ground.us || ground.us === 0;
  if (!isOurs) return { survives: null, why: 'the crontab of its user could not be read' };
  return { survives: false, why: 'nothing that was seen starts it at boot' };
}

/** A line that is run again and again, and speaks of it. */
export function periodicLineOf({ process }: Subject, { cronLines }: Ground): CronLine | null {
  if (process === null) return null;
  return cronLines.find(({ isAtBoot, command }) => !isAtBoot && speaksOf(command, process)) ?? null;
}

/** Of such a line nobody can tell whether it starts it, or only looks at it. */
function maybeBy({ source, schedule, command }: CronLine): string {
  return `a line of ${source} speaks of it, and may start it: ${schedule} ${hideSecrets(command)}`;
}

/** Of what nothing else starts again: a script above it may, or a line that is run by the clock. */
export function atCrashByHand(subject: Subject, ground: Ground, otherwise: string): Told {
  const script = scriptAbove(subject);
  if (script !== null) {
    return {
      survives: null,
      why: `the script ${hideSecrets(script.called)} has started it, and may again`,
    };
  }
  const line = periodicLineOf(subject, ground);
  return line === null
    ? { survives: false, why: otherwise }
    : { survives: null, why: maybeBy(line) };
}

/** Whether a unit is started at boot, by its UnitFileState. */
export function isEnabled(state: string | undefined): boolean | null {
  if (state === undefined || state === '') return null;
  if (state === 'enabled' || state === 'alias' || state === 'generated') return true;
  return ['disabled', 'masked', 'transient', 'enabled-runtime', 'linked'].includes(state)
    ? false
    : null;
}

/** The unit that starts this one though it is not enabled itself: its socket. */
export function socketOf(unit: string, sockets: string): ReadonlyMap<string, string> | null {
  for (const block of sockets.split(/\n\s*\n/)) {
    const pairs = new Map(
      block.split('\n').map((line) => {
        const at = line.indexOf('=');
        return [line.slice(0, at), line.slice(at + 1)] as const;
      }),
    );
    if (holdsWord(pairs.get('Triggers') ?? '', unit) && pairs.get('ActiveState') === 'active') {
      return pairs;
    }
  }
  return null;
}
