import { shellWord } from '../../model/shell-word.ts';
import type { SeenProcess } from '../read/processes.ts';
import { asUser, type Ground } from './ground.ts';
import { commandLine } from './words.ts';

/** Ends this very process, and before it the script that may start it again. */
export function killOf(
  { pid, uid }: SeenProcess,
  ground: Ground,
  script: SeenProcess | null = null,
): string {
  const may = asUser(uid, ground) === '' || ground.us === 0;
  return `${may ? '' : 'sudo '}kill ${script === null ? '' : `${script.pid} `}${pid}`;
}

/** A line of shell for the one who looks, as it is given for its user: root becomes that user for it. */
export function lineFor(uid: number | null, line: string, ground: Ground): string | null {
  const as = asUser(uid, ground);
  if (as === '') return line;
  if (ground.us !== 0) return `${as}sh -c ${shellWord(line)}`;
  const name = ground.users.get(uid ?? -1);
  return name === undefined ? null : `su - ${name} -s /bin/sh -c ${shellWord(line)}`;
}

/** Waits for the end of a process; one whose end its parent has not yet looked at, as tmux(1) is slow to, has ended. */
export function untilGone(pid: number): string {
  return `while grep -qs 'State:.[^XZ]' /proc/${pid}/status; do sleep 1; done`;
}

/** A command of its user as the one who looks can give it: only for root nothing more than su(1) is taken to be there. */
export function commandFor(uid: number | null, command: string, ground: Ground): string {
  const isRoot = ground.us === 0 && uid !== 0;
  return (isRoot ? lineFor(uid, command, ground) : null) ?? `${asUser(uid, ground)}${command}`;
}

/**
 * Ends it, waits until it is gone, and starts it again as `start` says: by the script above it where there
 * is one. Null where the command is not known whole.
 */
export function startedAgain(
  process: SeenProcess,
  ground: Ground,
  start: (command: string, folder: string | null) => string,
  script: SeenProcess | null = null,
): string | null {
  const { command: words, workingDirectory: folder } = script ?? process;
  const command = commandLine(words);
  const { pid } = process;
  const isOther = asUser(process.uid, ground) !== '';
  if (command === null || (isOther && folder === null)) return null;
  const there = folder === null ? '' : `cd ${shellWord(folder)} && `;
  const ends = script === null ? `kill ${pid}` : `kill ${script.pid} ${pid}`;
  const line = `${ends}; ${untilGone(pid)}; ${there}${start(command, folder)}`;
  return lineFor(process.uid, line, ground);
}

/** The file that it writes what it says to; null of a terminal, a pipe or nothing. */
export function logFileOf({ streams }: SeenProcess): string | null {
  const file = streams
    .slice(1)
    .find(
      (path) => path?.startsWith('/') && !path.startsWith('/dev/') && !path.endsWith(' (deleted)'),
    );
  return file ?? null;
}

export function logsOf(process: SeenProcess): string | null {
  const file = logFileOf(process);
  return file === null ? null : `tail -n 100 ${shellWord(file)}`;
}
