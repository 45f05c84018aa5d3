import { bootLineOf } from './at-boot.ts';
import { killOf, logsOf } from './by-hand-commands.ts';
import type { Ground, Subject, Verdict } from './ground.ts';

const untold = 'what manages it is not known';

/** What was tried, where no rung of the ladder holds. */
export function unknownVerdict(subject: Subject, ground: Ground, why: string | null): Verdict {
  const { process, place, lineage } = subject;
  const line = bootLineOf(subject, ground);
  const parents = lineage.slice(1).map(({ name }) => name);
  const tried = [
    place === null
      ? 'control group: not told'
      : `control group ${place.path}: no unit, container or session that manages it`,
    process === null
      ? 'parents: its process is not seen'
      : `parents: ${parents.length === 0 ? 'none' : parents.join(', ')}: no screen, tmux, pm2 or supervisor`,
    ground.cronLines.length === 0
      ? 'crontabs: no line that we may read'
      : 'crontabs: no line @reboot speaks of it',
    ...(process?.ignoresHangup === false
      ? ['signals: it does not ignore SIGHUP, as under nohup']
      : []),
  ];
  const isRcLocal = place?.unit === 'rc-local.service';
  const reboot = isRcLocal || line !== null ? true : null;
  return {
    manager: {
      ...{ kind: 'unknown', name: isRcLocal ? 'rc.local' : null, confidence: 'guess' },
      evidence: [...(why === null ? [] : [why]), ...tried],
    },
    survives: {
      ...{ reboot, crash: null, logout: null },
      why: {
        reboot: isRcLocal ? '/etc/rc.local starts it' : untold,
        crash: untold,
        logout: untold,
      },
    },
    restart: null,
    stop: process === null || process.pid === 1 ? null : killOf(process, ground),
    logs: process === null ? null : logsOf(process),
  };
}
