import { hideSecrets } from '../../model/hide-secrets.ts';
import type { SeenProcess } from '../read/processes.ts';
import { atBootByHand, atCrashByHand } from './at-boot.ts';
import { atLogout } from './at-logout.ts';
import { commandFor, killOf, logsOf, startedAgain } from './by-hand-commands.ts';
import { type Ground, type Rung, type Subject, userName, type Verdict } from './ground.ts';
import { scriptAbove } from './script-above.ts';
import { attachTo, isTypedInto, startIn, type Terminal } from './terminal-commands.ts';
import { shownCommand } from './words.ts';

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
  const between = subject.lineage.slice(1, subject.lineage.indexOf(above));
  const stays = between.some(isTypedInto);
  const session = kind === 'screen' ? ofScreen(subject, above) : ofTmux(subject, above);
  const { name } = session;
  const told = shownCommand(above.command).join(' ') || above.name;
  const typed = stays ? [`it was typed into a shell of that ${kind}, which stays without it`] : [];
  const script = scriptAbove(subject);
  const by = script === null ? [] : [`its parent is the script ${hideSecrets(script.called)}`];
  return {
    ...verdictOf({ kind, ...session }, subject, ground),
    manager: {
      ...{ kind, name, confidence: script === null ? 'certain' : 'likely' },
      evidence: [`it was started by ${told}`, ...typed, ...by],
    },
  };
};

/** Where the owner is hidden: a server of screen or tmux that runs in the same group for the same user. */
export const byHiddenTerminal: Rung = (subject, ground) => {
  if (subject.process !== null || subject.place === null) return null;
  // A group that holds the whole host says nothing of who started what.
  if (['/', '/init.scope'].includes(subject.place.path)) return null;
  const beside = [...ground.processes.values()].filter(
    ({ cgroup, uid }) => cgroup === subject.place?.path && uid === subject.uid,
  );
  const kind = beside.map(terminalIn).find((one) => one !== null);
  if (kind === undefined) return null;
  const evidence = [`a ${kind} of ${userName(subject.uid, ground)} runs in the same control group`];
  const terminal = { kind, name: null, id: null, socket: null };
  return {
    ...verdictOf(terminal, subject, ground),
    manager: { kind, name: null, confidence: 'guess', evidence },
  };
};

type Session = Pick<Terminal, 'name' | 'id' | 'socket'>;

/** `1234.pdf` of STY, else what stands behind -S. */
function ofScreen({ process }: Subject, { pid, command }: SeenProcess): Session {
  const [id, named] = /^\d+\.(.+)$/.exec(process?.environment.get('STY') ?? '') ?? [];
  const name = named ?? after(command, /^-[A-Za-z]*S$/);
  return { name, id: id ?? (name === null ? `${pid}` : `${pid}.${name}`), socket: null };
}

/** `/tmp/tmux-1000/default,600,1` of TMUX: of its server the first session, 0, is the one behind -s. */
function ofTmux({ process }: Subject, { command }: SeenProcess): Session {
  const told = /^([^,]+),\d+,(\d+)$/.exec(process?.environment.get('TMUX') ?? '');
  const [, path = null, number = '0'] = told ?? [];
  const name = number === '0' ? after(command, /^-[A-Za-z]*s$/) : null;
  return {
    name,
    id: name === null && told !== null ? `$${number}` : null,
    socket: path === null || /^\/tmp\/tmux-\d+\/default$/.test(path) ? null : path,
  };
}

function after(command: readonly string[], option: RegExp): string | null {
  const at = command.findIndex((word) => option.test(word));
  return at < 0 ? null : (command[at + 1] ?? null);
}

function verdictOf(terminal: Terminal, subject: Subject, ground: Ground): Omit<Verdict, 'manager'> {
  const [reboot, logout] = [atBootByHand(subject, ground), atLogout(subject, ground)];
  const crash = atCrashByHand(subject, ground, `${terminal.kind} starts nothing again`);
  const script = scriptAbove(subject)?.process ?? null;
  const { process } = subject;
  return {
    survives: {
      ...{ reboot: reboot.survives, crash: crash.survives, logout: logout.survives },
      why: {
        reboot: reboot.why,
        crash: crash.why,
        logout: logout.why,
      },
    },
    restart: process === null ? null : startedAgain(process, ground, startIn(terminal), script),
    stop: process === null ? null : killOf(process, ground, script),
    logs:
      (process === null ? null : logsOf(process)) ??
      commandFor(subject.uid, attachTo(terminal), ground),
  };
}
