import type { Adoption, Takeover } from '../../model/adoption.ts';
import { sessionOf } from './migration.ts';
import { takeoverShell } from './takeover-shell.ts';

/** What is done of a takeover: to look whether it may be, to end the old, to bring it back. */
export type TakeoverVerb = 'look' | 'take' | 'give-back';

/** The number of a port as /proc/net/tcp has it. */
const hexPort = (port: number | null): string =>
  port === null ? '' : port.toString(16).toUpperCase().padStart(4, '0');

/**
 * A verb of a takeover, to be read by sh from its standard input: neither its arguments nor what it had
 * around it stand on a command line. Nothing of what was seen is ever a command.
 */
export function takeoverScript(
  verb: TakeoverVerb,
  { adoption, wasRunning, wasEnabled }: Omit<Takeover, 'environment'>,
  environment: string,
): string {
  const flags = { jc_was_running: wasRunning, jc_was_enabled: wasEnabled };
  const settings = {
    jc_verb: verb,
    ...settingsOf(adoption),
    jc_tmux: /(?:^|\0)TMUX=([^\0]+,\d+,\d+)/.exec(environment)?.[1] ?? '',
    jc_around: exportsOf(environment),
    jc_start: startOf(adoption),
    ...Object.fromEntries(Object.entries(flags).map(([name, is]) => [name, is ? 'yes' : ''])),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${word(value)}\n`);
  const around = `jc_environment() {\n:\n${exportsOf(environment)}}\n`;
  // Of a script that was cut off on its way no command is run.
  const run = `{ main ${adoption.process.argv.map(word).join(' ')} </dev/null; exit; }\n`;
  return `${lines.join('')}${around}${takeoverShell}${run}`;
}

function settingsOf(adoption: Adoption): Readonly<Record<string, string>> {
  const { process, manager, boot, unit, port } = adoption;
  const bytes = new TextEncoder().encode(`${process.argv.join('\0')}\0`);
  return {
    ...{ jc_pid: `${process.pid}`, jc_ticks: process.startTicks, jc_boot_id: process.bootId },
    jc_arguments: [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    ...{ jc_uid: `${process.uid}`, jc_user: process.user, jc_folder: process.workingDirectory },
    jc_program: process.executable.replace(/ \(deleted\)$/, ''),
    jc_output: process.output ?? '',
    ...{ jc_kind: manager.kind, jc_name: manager.name ?? '', jc_session: sessionOf(manager.name) },
    ...{ jc_unit: unit, jc_port: hexPort(port) },
    jc_entry: boot?.type ?? '',
    jc_entry_user: boot?.type === 'crontab' ? boot.user : '',
    jc_entry_path: boot !== null && boot.type !== 'crontab' ? boot.path : '',
    jc_entry_line: boot !== null && boot.type !== 'supervisor' ? boot.line : '',
    jc_mark: `# joelclaw: ${unit} has taken over: `,
  };
}

/** As a script starts it: by the program itself where it was called by a name alone. */
function startOf({ process: { argv, executable, workingDirectory } }: Adoption): string {
  const [first = '', ...rest] = argv;
  const program = first.startsWith('/') ? first : executable.replace(/ \(deleted\)$/, '');
  return `cd ${word(workingDirectory)} && exec ${[program, ...rest].map(word).join(' ')}\n`;
}

/** Of another session, or a shell's own. */
const notAgain =
  /^(?:STY|TMUX|TMUX_PANE|WINDOW|UID|EUID|PPID|BASHOPTS|SHELLOPTS|IFS|PS\d|LC_ALL|OPTIND|jc_\w+)=/;

function exportsOf(environment: string): string {
  return environment
    .split('\0')
    .filter((one) => /^[A-Za-z_]\w*=/.test(one) && !notAgain.test(one))
    .map((one) => {
      const at = one.indexOf('=');
      return `export ${one.slice(0, at)}=${word(one.slice(at + 1))}\n`;
    })
    .join('');
}

function word(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
