import type { CronLine } from '../read/cron-lines.ts';
import type { Told } from './at-logout.ts';
import type { Ground, Subject } from './ground.ts';
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
  const isOurs = subject.uid === ground.us || ground.us === 0;
  if (!isOurs) return { survives: null, why: 'the crontab of its user could not be read' };
  return { survives: false, why: 'nothing that was seen starts it at boot' };
}

/** A line that is run again and again, and speaks of it. */
export function periodicLineOf({ process }: Subject, { cronLines }: Ground): CronLine | null {
  if (process === null) return null;
  return cronLines.find(({ isAtBoot, command }) => !isAtBoot && speaksOf(command, process)) ?? null;
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
