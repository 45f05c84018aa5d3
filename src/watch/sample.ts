import type { BoundCheck } from '../kinds/contract.ts';
import type { Network } from '../model/check.ts';
import { isHangUp } from '../model/fault.ts';
import type { Sampled } from '../model/fold-round.ts';
import { foldRound } from '../model/fold-round.ts';
import type { NetworkState } from '../model/health.ts';
import { partKey } from '../model/part-key.ts';
import type { Result } from '../model/result.ts';
import { classOf } from '../model/state.ts';
import type { Transports } from '../transports/contract.ts';
import { childrenOfRecovered } from './after-round.ts';

/** What a sample is compared with, and what ends it. */
export interface SampleOptions {
  /** What was known before: streaks go on from it, and counters are compared with it. */
  readonly previous: NetworkState;
  /** Checks without an answer when it is aborted are `unknown` (`aborted`). */
  readonly signal: AbortSignal;
  /** As it is looked at before and after an action. */
  readonly thorough?: boolean;
}

/**
 * How long after a refusal a one-shot run asks once more: a restart between two breaths is no outage,
 * and neither is that this machine was busy.
 */
export const askAgainMs = 250;

/** Takes one sample of every check at once and folds it. Headless runs and tests call this. */
export async function check(
  network: Network<BoundCheck>,
  transports: Transports,
  options: SampleOptions,
): Promise<NetworkState> {
  const { previous, signal } = options;
  const ask = async (bound: BoundCheck): Promise<Sampled> => {
    const result = await askTwice(bound, transports, options);
    return { result, policy: policyOf(bound, bound.intervalMs) };
  };
  const [far = [], near = []] = byDistance(network);
  const first = far.map(ask);
  // What is far has begun its long way before the rest takes the processor.
  if (far.length > 0) await transports.clock.sleep(0, signal).catch(() => {});
  const round = await Promise.all([...first, ...near.map(ask)]);
  return foldRound(previous, await withChildrenAnew(round, { network, previous, ask }));
}

interface Round {
  readonly network: Network<BoundCheck>;
  readonly previous: NetworkState;
  readonly ask: (bound: BoundCheck) => Promise<Sampled>;
}

/** What was in trouble on a way that has come back in this very round may have been seen before that. */
async function withChildrenAnew(
  round: readonly Sampled[],
  { network, previous, ask }: Round,
): Promise<readonly Sampled[]> {
  const children = new Set(childrenOfRecovered(network, previous, round));
  const byId = new Map(network.checks.map((bound) => [bound.id, bound]));
  const anew = round.map(async (sampled): Promise<Sampled> => {
    const { check: id, verdict } = sampled.result;
    const bound = children.has(id) && classOf(verdict.state) !== 'good' && byId.get(id);
    if (!bound) return sampled;
    const second = await ask(bound);
    return second.result.fault?.code === 'aborted' ? sampled : second;
  });
  return Promise.all(anew);
}

/** The checks of hosts behind ssh, and all others. */
function byDistance({
  inventory,
  checks,
}: Network<BoundCheck>): readonly (readonly BoundCheck[])[] {
  const behind = new Set(
    inventory.hosts.filter(({ access }) => access === 'ssh').map(({ name }) => name),
  );
  const groups = Map.groupBy(checks, ({ host }) => behind.has(host));
  return [groups.get(true) ?? [], groups.get(false) ?? []];
}

/** Runs one check against what is known of it. */
export function runOnce(
  bound: BoundCheck,
  transports: Transports,
  { previous, signal, thorough = false }: SampleOptions,
): Promise<Result> {
  const before = previous.health[bound.id]?.measured ?? null;
  const partOf = (id: string) => previous.health[partKey(bound.id, id)]?.measured ?? null;
  return bound.run({ transports, signal, thorough, previous: before && { ...before, partOf } });
}

/** The thresholds of a check, with the wait that is announced until its next result. */
export function policyOf(bound: BoundCheck, waitMs: number): Sampled['policy'] {
  const { failureThreshold, successThreshold } = bound;
  return { failureThreshold, successThreshold, waitMs };
}

async function askTwice(
  bound: BoundCheck,
  transports: Transports,
  options: SampleOptions,
): Promise<Result> {
  const first = await runOnce(bound, transports, options);
  const { fault } = first;
  const heldUp = fault?.code === 'aborted' && !options.signal.aborted;
  if (!fault || !(fault.code === 'refused' || isHangUp(fault) || heldUp)) return first;
  try {
    await transports.clock.sleep(askAgainMs, options.signal);
  } catch {
    return first;
  }
  const second = await runOnce(bound, transports, options);
  return second.fault?.code === 'aborted' ? first : second;
}
