import { quoteArgv } from './quote.ts';

/** Its process id, which is its group's too (sshd starts a session for it), as its first line of stderr. */
const line = /^joelclaw-pid:(\d+)\r?\n/m;

/**
 * What the other side's login shell is given: first it tells which process is to be ended if it takes
 * too long. `env` sets the one language that kinds parse, in every shell alike, and is in place of the
 * program what says that there is none.
 */
export function tellingPid(argv: readonly string[]): string {
  const script = 'echo "joelclaw-pid:$$" >&2; exec env LC_ALL=C "$@"';
  return `exec ${quoteArgv(['sh', '-c', script, 'sh', ...argv])}`;
}

/** What was said besides. */
export function withoutPid(stderr: string): string {
  return stderr.replace(line, '');
}

/**
 * The command that ends it with all that it has started; null while it has not told. These words do
 * in every sh: dash takes no `--` here.
 */
export function endingOf(stderr: string): string | null {
  const pid = line.exec(stderr)?.[1];
  if (pid === undefined) return null;
  const script = `kill -KILL -${pid} 2>/dev/null || kill -KILL ${pid}`;
  return `exec ${quoteArgv(['sh', '-c', script])}`;
}
