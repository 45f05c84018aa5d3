import type { Verdict } from '../../model/result.ts';
import { classOf } from '../../model/state.ts';
import type { Previous } from '../contract.ts';
import type { AroundFacts, LogFacts, PortHolder } from './facts.ts';

const mebibyte = 1024 ** 2;

/** Raised at the first, cleared below the second, so that a value between them changes nothing. */
const logGrowth = { raise: 10 * mebibyte, clear: 5 * mebibyte };
const logSize = { raise: 1024 * mebibyte, clear: 900 * mebibyte };
const growsFast = 'its log grows fast';
const isLarge = 'its log is very large';

/** A unit that looks well is degraded by what stands around it; one in trouble has enough of its own. */
export function judgeAround(
  verdict: Verdict,
  around: AroundFacts,
  previous: Previous | null,
): Verdict {
  if (classOf(verdict.state) !== 'good') return verdict;
  const troubles = [
    holderTrouble(around.portHolder),
    verdict.state === 'up' ? rebootTrouble(around) : null,
    ...logTroubles(around.log, previous?.note ?? ''),
  ].filter((trouble) => trouble !== null);
  return troubles.length === 0 ? verdict : { state: 'degraded', note: troubles.join('; ') };
}

/** A port-forward on the port of a unit answers for it, whether the unit is well or not. */
function holderTrouble(holder: PortHolder | null): string | null {
  if (holder?.isOwn !== false) return null;
  const [{ name } = { name: 'another process' }] = holder.holders;
  const held = `port ${holder.port} is held by ${name}, not by this unit`;
  return name === 'kubectl' ? `${held}: a port-forward stands in for it` : held;
}

function rebootTrouble({ survivesReboot, rebootWhy }: AroundFacts): string | null {
  if (survivesReboot !== false) return null;
  return `would not start after a reboot: ${rebootWhy}`;
}

function logTroubles(log: LogFacts | null, before: string): readonly (string | null)[] {
  if (log === null) return [];
  const limitOf = (trouble: string, limit: { raise: number; clear: number }): number =>
    before.includes(trouble) ? limit.clear : limit.raise;
  const grows = (log.growthBytesPerMinute ?? 0) > limitOf(growsFast, logGrowth);
  const large = log.sizeBytes > limitOf(isLarge, logSize);
  return [grows ? growsFast : null, large ? isLarge : null];
}
