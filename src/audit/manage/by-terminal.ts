import { shellWord } from '../../model/shell-word.ts';
import type { SeenProcess } from '../read/processes.ts';
import { atBootByHand } from './at-boot.ts';
import { atLogout } from './at-logout.ts';
import { killOf, logsOf, startedAgain } from './by-hand-commands.ts';
import { asUser, type Ground, type Rung, type Subject, userName, type Verdict } from './ground.ts';
import { shownCommand } from './words.ts';

interface Terminal {
  readonly kind: 'screen' | 'tmux';
  /** Of its session. */
  readonly name: string | null;
}

/** What a process is, by what it calls itself. */
function terminalIn({ name, command }: SeenProcess): Terminal['kind'] | null {
  if (name.startsWith('tmux: server') || /^tmux\b/.test(command[0] ?? '')) return 'tmux';
  return name === 'screen' || /^SCREEN\b/.test(command[0] ?? '') ? 'screen' : null;
}

/** screen(1) and tmux(1), by their server above the process. */
export const byTerminal: Rung = (subject, ground) => {
  const above = subject.lineage.slice(1).find((one) => terminalIn(one) !== null);
  const kind = above === undefined ? null : terminalIn(above);
  if (above === undefined || kind === null || subject.process === null) return null;
  const terminal = { kind, name: kind === 'screen' ? screenName(subject, above) : tmuxName(above) };
  const told = shownCommand(above.command).join(' ') || above.name;
  return {
    ...verdictOf(terminal, subject, ground),
    manager: { ...terminal, confidence: 'certain', evidence: [`it was started by ${told}`] },
  };
};

/** Where the owner is hidden: a server of screen or tmux that runs in the same group for the same user. */
export const byHiddenTerminal: Rung = (subject, ground) => {
  if (subject.process !== null || subject.place === null) return null;
  const beside = [...ground.processes.values()].filter(
    ({ cgroup, uid }) => cgroup === subject.place?.path && uid === subject.uid,
  );
  const kind = beside.map(terminalIn).find((one) => one !== null);
  if (kind === undefined) return null;
  const evidence = [`a ${kind} of ${userName(subject.uid, ground)} runs in the same control group`];
  const terminal = { kind, name: null };
  return {
    ...verdictOf(terminal, subject, ground),
    manager: { ...terminal, confidence: 'guess', evidence },
  };
};

/** `1234.pdf` of STY, else what stands behind -S. */
function screenName({ process }: Subject, { command }: SeenProcess): string | null {
  const [, named] = /^\d+\.(.+)$/.exec(process?.environment.get('STY') ?? '') ?? [];
  return named ?? after(command, /^-[A-Za-z]*S$/);
}

function tmuxName({ command }: SeenProcess): string | null {
  return after(command, /^-[A-Za-z]*s$/);
}

function after(command: readonly string[], option: RegExp): string | null {
  const at = command.findIndex((word) => option.test(word));
  return at < 0 ? null : (command[at + 1] ?? null);
}

function verdictOf(
  { kind, name }: Terminal,
  subject: Subject,
  ground: Ground,
): Omit<Verdict, 'manager'> {
  const [reboot, logout] = [atBootByHand(subject, ground), atLogout(subject, ground)];
  const { process } = subject;
  const session = name === null ? '' : shellWord(name);
  const start =
    kind === 'screen'
      ? (line: string) => `screen -dmS ${session || 'service'} ${line}`
      : (line: string) => `tmux new-session -d -s ${session || 'service'} ${shellWord(line)}`;
  const as = asUser(subject.uid, ground);
  const attach =
    kind === 'screen' ? `screen -r ${session}` : `tmux attach${session && ` -t ${session}`}`;
  return {
    survives: {
      ...{ reboot: reboot.survives, crash: false, logout: logout.survives },
      why: {
        reboot: reboot.why,
        crash: `${kind} starts nothing again`,
        logout: logout.why,
      },
    },
    restart: process === null ? null : startedAgain(process, ground, start),
    stop: process === null ? null : killOf(process, ground),
    logs: (process === null ? null : logsOf(process)) ?? `${as}${attach}`.trim(),
  };
}
