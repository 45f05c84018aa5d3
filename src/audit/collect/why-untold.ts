import type { Untold } from '../../model/audit.ts';

/** How a program ended that came to its end. */
interface Ended {
  /** Null where that was not told. */
  readonly exitCode: number | null;
  readonly words: string;
  readonly text: string;
}

const rootWords =
  /permission denied|operation not permitted|must be root|are you root|access denied|interactive authentication required/i;
/** Nothing there that could be asked. */
const absentWords =
  /has not been booted with systemd|failed to connect to (?:the )?(?:system |user |session )?(?:scope )?bus|no medium found|is the docker daemon running/i;
/** What programs say where there is none of what was asked for: that is an answer. */
const noneWords =
  /no such file or directory|no crontab for|can't open|is not a public key file|connection refused|failed to connect to|couldn't connect|can't connect|no files|no entries/i;
/** timeout(1), and the signals by which it ends what does not listen. */
const timedOut: ReadonlySet<number> = new Set([124, 137, 142, 143]);
/** SIGPIPE: it had more to say than is heard. */
const unheard = 141;

/** Null where it has answered; an empty answer is one too, where it does not say why it is empty. */
export function whyOf({ exitCode, words, text }: Ended): Untold | null {
  if (exitCode === null || exitCode === unheard) return 'cut-off';
  if (timedOut.has(exitCode)) return 'timed-out';
  if (exitCode === 127) return 'tool-missing';
  if (text.trim() !== '') return null;
  if (absentWords.test(words)) return 'not-there';
  if (rootWords.test(words) || exitCode === 126) return 'needs-root';
  return exitCode === 0 || words === '' || noneWords.test(words) ? null : 'not-understood';
}

/** Of what has told something: whether it says that some of it was refused. */
export function lessOf({ words, text }: Ended): Untold | null {
  return text.trim() !== '' && rootWords.test(words) ? 'needs-root' : null;
}
