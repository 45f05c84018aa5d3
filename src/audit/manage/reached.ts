import type { Reached } from '../../model/audit.ts';
import type { Answer } from '../collect/answers.ts';
import type { Listening } from '../read/listening.ts';

const loopback = /^(?:127\.|::1$|::ffff:127\.)/;
const anywhere = new Set(['0.0.0.0', '::', '*']);

/** Of one port: what listens (null is nothing), what its page told there, and what its port told here. */
export interface ReachSeen {
  readonly port: number;
  /** Null where nothing tells what listens at all. */
  readonly isTold: boolean;
  readonly listening: Listening | null;
  readonly page: Answer | null;
  readonly fromHere: boolean | null;
}

/** Tells what is dead from what only is not let through: by who listens, and by both sides of the net. */
export function reachedBy(seen: ReachSeen): Reached {
  const { listening, page, fromHere, isTold } = seen;
  const answered = page === null ? null : answeredThere(page);
  const addresses = listening?.addresses ?? [];
  const isElsewhere =
    listening !== null && !addresses.some((one) => anywhere.has(one) || loopback.test(one));
  const fromHost =
    answered === false && isElsewhere
      ? null
      : (answered ?? (isTold && listening === null ? false : null));
  return { fromHost, fromHere, note: noteOf(seen, fromHost) };
}

function noteOf(
  { port, isTold, listening, fromHere }: ReachSeen,
  fromHost: boolean | null,
): string {
  if (listening === null) {
    if (!isTold) return 'what listens there could not be told';
    return fromHere === true
      ? `nothing listens on ${port} there, and yet it answers here: something stands between`
      : `nothing listens on ${port}: it does not run`;
  }
  const { addresses } = listening;
  if (addresses.every((one) => loopback.test(one))) {
    return `it listens on ${addresses.join(' and ')} alone: nobody but its own host reaches it`;
  }
  if (fromHere === false && fromHost !== false) {
    return addresses.some((one) => anywhere.has(one))
      ? `it listens on ${port} and is not reached from here: a firewall or the net stands between`
      : `it listens on ${addresses.join(' and ')} alone, and is not reached from here`;
  }
  if (fromHost === false) return `it holds ${port} and does not answer there: it hangs`;
  return '';
}

const answer = /^HTTP\/[\d.]+ \d{3}/m;
/** curl(1): it was not let in, or waited for nothing. */
const refusals: ReadonlySet<number> = new Set([7, 28]);

/** Whether its page, asked where it runs, has told anything; null where it could not be asked. */
function answeredThere({ text, words, exitCode, why }: Answer): boolean | null {
  if (answer.test(text) || /HTTP\/[\d.]+ \d{3}|server returned error/.test(words)) return true;
  if (why === 'tool-missing' || why === 'cut-off') return null;
  if (why === 'timed-out' || refusals.has(exitCode ?? -1)) return false;
  if (/refused|timed out|can't connect/i.test(words)) return false;
  // What speaks no HTTP has let us in all the same.
  return exitCode === null ? null : true;
}
