import type { Fault } from './fault.ts';
import type { Sampled } from './fold-round.ts';
import type { Health, NetworkState } from './health.ts';
import { partKey, partKeysOf } from './part-key.ts';
import type { Verdict } from './result.ts';

/**
 * Whether a result would change nothing of a state but figures: its check, and every part of it, is
 * known to be so for sure and for the same reason, no streak begins, goes on or ends, and no part
 * comes or goes. Whoever shows it a little later shows nothing that is not true.
 */
export function isQuiet({ health }: NetworkState, { result }: Sampled): boolean {
  const { check, verdict, fault, parts } = result;
  if (!staysAsItIs(health[check], verdict, fault)) return false;
  return (
    (partKeysOf(health).get(check)?.length ?? 0) === parts.length &&
    parts.every((part) => staysAsItIs(health[partKey(check, part.id)], part.verdict, null))
  );
}

function staysAsItIs(known: Health | undefined, verdict: Verdict, fault: Fault | null): boolean {
  return (
    known !== undefined &&
    known.state === verdict.state &&
    known.confirmed.state === verdict.state &&
    known.note === verdict.note &&
    known.streak.toward === null &&
    // What comes and goes may come to rest with the next sample.
    !known.flapping &&
    known.fault?.code === fault?.code &&
    known.fault?.message === fault?.message
  );
}
