import type { FoundProcess } from '../../model/audit.ts';
import type { SeenProcess } from '../read/processes.ts';
import { type Ground, userName } from './ground.ts';
import { isInterpreter, shownCommand } from './words.ts';

/** As it is told to others: no value of its environment, no secret of its arguments. */
export function foundProcess(process: SeenProcess, ground: Ground): FoundProcess {
  const { pid, uid, command, workingDirectory, executable, environment } = process;
  return {
    pid,
    user: uid === null ? null : userName(uid, ground),
    command: shownCommand(command),
    ...{ workingDirectory, executable },
    environment: [...environment.keys()].filter((name) => name !== '').toSorted(),
    startedAt: startedAt(process, ground),
  };
}

function startedAt({ startedAfterBoot }: SeenProcess, { bootedAt }: Ground): string | null {
  if (startedAfterBoot === null || bootedAt === null) return null;
  return new Date((bootedAt + Math.floor(startedAfterBoot)) * 1000).toISOString();
}

/** The clock's second at boot may be told a second late. */
const secondsOfDoubt = 2;

/**
 * Whether another file lies where its program was, or the script that it was started with was written
 * after it was started; null where neither can be seen.
 */
export function isOlderThanDisk(process: SeenProcess, { bootedAt }: Ground): boolean | null {
  const { executable, startedAfterBoot, written, command } = process;
  const program = executable ?? command[0] ?? '';
  if (program.endsWith(' (deleted)')) return true;
  if (!isInterpreter(program)) return executable === null ? null : false;
  const [script] = [...written].filter(([path]) => isScriptOf(command, path));
  if (script === undefined || startedAfterBoot === null || bootedAt === null) return null;
  const isOlder = script[1] > bootedAt + startedAfterBoot + secondsOfDoubt;
  return isOlder || executable !== null ? isOlder : null;
}

/** The interpreter itself is the first word; what is a number or an option was not asked for. */
function isScriptOf(command: readonly string[], path: string): boolean {
  return path !== command[0] && !isInterpreter(path) && !path.endsWith('/cwd/');
}
