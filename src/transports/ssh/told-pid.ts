import { quoteArgv } from './quote.ts';

/** Its process id, which is its group's too (sshd starts a session for it), as its first line of stderr. */
const line = /^joelclaw-pid:(\d+)\r?\n/m;

/** The same command, whose other side tells first which process is to be ended if it takes too long. */
export function tellingPid(argv: readonly string[]): string {
  const script = 'echo "joelclaw-pid:$$" >&2; exec env LC_ALL=C "$@"';
  return `exec ${quoteArgv(['sh', '-c', script, 'sh', ...argv])}`;
}

/** What was said besides. */
export function withoutPid(stderr: string): string {
  return stderr.replace(line, '');
}

/** The command that ends it with all that it has started; null while it has not told. */
export function endingOf(stderr: string): string | null {
  const pid = line.exec(stderr)?.[1];
  return pid === undefined ? null : `kill -KILL -- -${pid} 2>/dev/null || kill -KILL ${pid}`;
}
