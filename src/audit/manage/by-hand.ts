import { hideSecrets } from '../../model/hide-secrets.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { SeenProcess } from '../read/processes.ts';
import { atBootByHand, atCrashByHand } from './at-boot.ts';
import { atLogout, type Told } from './at-logout.ts';
import { killOf, logFileOf, logsOf, startedAgain } from './by-hand-commands.ts';
import { type Ground, type Rung, type Subject, userName, type Verdict } from './ground.ts';
import { scriptAbove } from './script-above.ts';

/** Whether it is of a login: by the control group, or by who has once logged in where that tells nothing. */
function isOfLogin({ place, process }: Subject): boolean {
  if (place?.session != null) return true;
  if (place?.userUnit?.endsWith('.scope')) return true;
  const tells = place !== null && place.path !== '/' && place.path !== '/init.scope';
  return !tells && process !== null && process.loginUid !== null;
}

/** nohup(1): it does not hear the hangup of its terminal. */
export const byNohup: Rung = (subject, ground) => {
  const { process } = subject;
  if (process === null || process.ignoresHangup !== true || !isOfLogin(subject)) return null;
  const file = logFileOf(process);
  const isNamed = file?.endsWith('/nohup.out') ?? false;
  const isSure = isNamed && scriptAbove(subject) === null;
  const logout = atLogout(subject, ground);
  return {
    ...verdictOf(process, logout, subject, ground),
    manager: {
      ...{ kind: 'nohup', name: null, confidence: isSure ? 'certain' : 'likely' },
      evidence: [
        'it ignores SIGHUP, as nohup makes it',
        ...(file === null ? [] : [`it writes to ${file}`]),
        ...whence(subject, ground),
      ],
    },
  };
};

/** Started from a login, and nothing keeps it. */
export const bySession: Rung = (subject, ground) => {
  if (!isOfLogin(subject)) return null;
  const { process, uid } = subject;
  const logout = process === null ? unseen : withTerminal(process, subject, ground);
  return {
    ...verdictOf(process, logout, subject, ground),
    manager: {
      ...{ kind: 'session', name: null, confidence: process === null ? 'guess' : 'likely' },
      evidence: [
        ...whence(subject, ground),
        ...(process === null ? [`what runs there belongs to ${userName(uid, ground)}`] : []),
      ],
    },
  };
};

const unseen: Told = { survives: null, why: 'its process is hidden from us' };

function whence(subject: Subject, ground: Ground): readonly string[] {
  const { place, process, lineage } = subject;
  const owner = place?.session ?? place?.userManager ?? process?.loginUid ?? null;
  const told = `it was started from a login of ${userName(owner, ground)}`;
  const isAlone = lineage[1]?.pid === 1;
  const shell = lineage[1]?.name ?? null;
  if (shell === null) return [told];
  const script = scriptAbove(subject);
  const parent =
    script === null
      ? `its parent is ${shell}`
      : `its parent is the script ${hideSecrets(script.called)}`;
  return [told, isAlone ? 'what started it is gone' : parent];
}

function withTerminal(process: SeenProcess, subject: Subject, ground: Ground): Told {
  const logout = atLogout(subject, ground);
  if (logout.survives === false) return logout;
  if (process.hasTerminal === true) {
    return { survives: false, why: 'it has the terminal of its login, which hangs up' };
  }
  if (process.streams.slice(1).some((path) => path?.startsWith('pipe:'))) {
    return { survives: null, why: 'it writes to a pipe of its login: the next word may end it' };
  }
  return logout;
}

function verdictOf(
  process: SeenProcess | null,
  logout: Told,
  subject: Subject,
  ground: Ground,
): Omit<Verdict, 'manager'> {
  const reboot = atBootByHand(subject, ground);
  const crash = atCrashByHand(subject, ground, 'nothing starts it again');
  const script = scriptAbove(subject)?.process ?? null;
  const log = process === null ? null : logFileOf(process);
  const out = log === null ? '/dev/null' : shellWord(log);
  return {
    survives: {
      ...{ reboot: reboot.survives, crash: crash.survives, logout: logout.survives },
      why: { reboot: reboot.why, crash: crash.why, logout: logout.why },
    },
    restart:
      process === null
        ? null
        : startedAgain(
            process,
            ground,
            (line) => `{ nohup ${line} </dev/null >>${out} 2>&1 & }`,
            script,
          ),
    stop: process === null ? null : killOf(process, ground, script),
    logs: process === null ? null : logsOf(process),
  };
}
