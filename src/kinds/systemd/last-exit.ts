import type { Properties } from './read-show.ts';

/** systemd's own exit codes (systemd.exec(5)): the program was never reached. */
const ownCodes: Readonly<Record<string, string>> = {
  200: 'CHDIR',
  202: 'FDS',
  203: 'EXEC',
  204: 'MEMORY',
  205: 'LIMITS',
  208: 'STDIN',
  209: 'STDOUT',
  210: 'CHROOT',
  214: 'SETSCHEDULER',
  216: 'GROUP',
  217: 'USER',
  218: 'CAPABILITIES',
  219: 'CGROUP',
  222: 'STDERR',
  224: 'PAM',
  225: 'NETWORK',
  226: 'NAMESPACE',
  227: 'NO_NEW_PRIVILEGES',
  228: 'SECCOMP',
  233: 'RUNTIME_DIRECTORY',
  238: 'STATE_DIRECTORY',
  239: 'CACHE_DIRECTORY',
  240: 'LOGS_DIRECTORY',
  241: 'CONFIGURATION_DIRECTORY',
  243: 'CREDENTIALS',
};

/** signal(7), as Linux numbers them. */
const signals =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP'.split(
    ' ',
  );

/** Words for results that the exit itself does not tell (systemd's `Result`). */
const results: Readonly<Record<string, string>> = {
  timeout: 'a timeout',
  watchdog: 'a missed watchdog',
  'oom-kill': 'out of memory',
  protocol: 'a broken start protocol',
  resources: 'want of resources',
  'start-limit-hit': 'its start limit',
  'exec-condition': 'a condition that failed',
};

/** "0", "3", "203 (EXEC)", "SIGSEGV", "SIGSEGV, core dumped"; null while it runs, or before it has. */
export function lastExitOf(properties: Properties): string | null {
  const status = Number(properties.get('ExecMainStatus'));
  switch (properties.get('ExecMainCode')) {
    case '1':
      return ownCodes[status] === undefined ? `${status}` : `${status} (${ownCodes[status]})`;
    case '2':
      return signalName(status);
    case '3':
      return `${signalName(status)}, core dumped`;
    default:
      return null;
  }
}

/** In words how a run has ended badly: "exit 3", "SIGSEGV", "a timeout". Null for a good end. */
export function badExitOf(properties: Properties): string | null {
  const result = properties.get('Result') ?? 'success';
  if (result === 'success') return null;
  const exit = lastExitOf(properties);
  const known = results[result];
  if (known !== undefined) return known;
  if (exit === null || exit === '0') return result;
  return /^\d/.test(exit) ? `exit ${exit}` : exit;
}

/** Whether systemd could not even start the program. */
export function neverRan(lastExit: string | null): boolean {
  return lastExit !== null && /^\d+ \(/.test(lastExit);
}

function signalName(number: number): string {
  const name = signals[number - 1];
  return name === undefined ? `signal ${number}` : `SIG${name}`;
}
