import { shellWord } from '../../model/shell-word.ts';
import type { SeenProcess } from '../read/processes.ts';
import { asUser, type Ground } from './ground.ts';
import { commandLine } from './words.ts';

/** Ends this very process. */
export function killOf({ pid, uid }: SeenProcess, ground: Ground): string {
  return `${asUser(uid, ground) === '' ? '' : 'sudo '}kill ${pid}`;
}

/** Ends it, waits until it is gone, and starts it again as `start` says; null where its command is not known whole. */
export function startedAgain(
  process: SeenProcess,
  ground: Ground,
  start: (command: string) => string,
): string | null {
  const command = commandLine(process.command);
  if (command === null || asUser(process.uid, ground) !== '') return null;
  const { pid, workingDirectory } = process;
  const there = workingDirectory === null ? '' : `cd ${shellWord(workingDirectory)} && `;
  const gone = `while kill -0 ${pid} 2>/dev/null; do sleep 1; done`;
  return `kill ${pid}; ${gone}; ${there}${start(command)}`;
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
