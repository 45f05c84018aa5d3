import { isAnother, isSeen, unitCheckOf, unitMark } from '../../actions/unit-mark.ts';
import { verifyFacts } from '../../actions/verify-facts.ts';
import { isWhole } from '../../actions/verify-functions.ts';
import { type Verified, verifyRestart, wordsOf } from '../../actions/verify-restart.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { Network } from '../../model/check.ts';
import { explain } from '../../model/explain.ts';
import { emptyNetworkState } from '../../model/health.ts';
import type { Service } from '../../model/inventory.ts';
import type { Receipt } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import { check } from '../../watch/sample.ts';
import { countFunctions, lostWords } from './count-functions.ts';
import type { ActGround } from './prepared.ts';
import { type SeenDeed, serviceOf, wantedChecks } from './seen-deed.ts';

/** Pods are pulled, started and probed; a unit of launchd or systemd is a process. */
const usualVerifyMs: Readonly<Record<string, number>> = { k8s: 180_000 };
const verifyMs = 30_000;
const noGate: NonNullable<ActGround['gate']> = { samples: 1, moreMs: 0 };

/** Looks after the steps by the service's own checks; of a worker its functions are counted too. */
export async function verifyDeed(deed: SeenDeed, ground: ActGround): Promise<Receipt> {
  const look = lookerAt(deed, ground);
  const verified = await verify(deed, look, ground);
  const startedAnew = verified.verified && deed.planned.isDone === null;
  const functions = startedAnew ? await countFunctions(deed, look, ground) : [];
  const lost = functions.find((one) => !isWhole(one));
  return {
    ...verified,
    functions,
    verified: verified.verified && !lost,
    note: lost ? lostWords(lost) : verified.note,
  };
}

/** What is seen of it after a step that failed: nothing is proved, but how it is now, and what it said. */
export async function lookAfter(deed: SeenDeed, ground: ActGround): Promise<Receipt | null> {
  const { service, report, planned } = deed;
  const seen = serviceOf(await lookerAt(deed, ground)(), service);
  if (ground.signal.aborted) return null;
  const [before, after] = [unitMark(serviceOf(report, service)), unitMark(seen)];
  return {
    ...{ before, after, isNew: isAnother(before, after), functions: [] },
    ...{ stableSamples: 0, wantedSamples: samplesOf(ground.open.network, service) },
    ...{ stableMs: 0, minimumMs: planned.minimumMs, verified: false, note: wordsOf(seen) },
  };
}

function verify(
  { service, report, planned: { plan, minimumMs, isDone } }: SeenDeed,
  look: () => Promise<Report>,
  { open: { network, transports }, signal, onLook, ...ground }: ActGround,
): Promise<Verified> {
  const usualMs = usualVerifyMs[plan.manager] ?? verifyMs;
  const { samples, moreMs } = ground.gate ?? noGate;
  // What only runs now and then need not have run for some time.
  const stableMs = minimumMs === 0 ? 0 : minimumMs + moreMs;
  const wanted = {
    ...{ before: unitMark(serviceOf(report, service)), minimumMs: stableMs },
    samples: Math.max(samples, samplesOf(network, service)),
    withinMs: ground.verifyMs ?? usualMs + stableMs,
  };
  const how = { clock: transports.clock, signal, onLook };
  const seen = async () => serviceOf(await look(), service);
  if (isDone === null) return verifyRestart(wanted, { ...how, look: seen });
  return verifyFacts(wanted, {
    ...how,
    look: async () => {
      const one = await seen();
      const unit = unitCheckOf(one);
      const isSo = unit !== null && isSeen(unit) && isDone(unit.facts);
      return { mark: unitMark(one), isSo, words: wordsOf(one) };
    },
  });
}

/** Samples that go on from one another. */
function lookerAt(deed: SeenDeed, { open, signal }: ActGround): () => Promise<Report> {
  const wanted = wantedChecks(open.network, deed.service);
  // What is looked at only now and then (a reboot, a port) would be told as it was before.
  const goesOn = deed.planned.isDone === null;
  let { state } = deed;
  return async () => {
    const previous = goesOn ? state : emptyNetworkState;
    state = await check(wanted, open.transports, { previous, signal, thorough: true });
    return explain(open.network, state, open.transports.clock.now());
  };
}

function samplesOf(network: Network<BoundCheck>, { id }: Service): number {
  const own = network.checks.filter(({ service }) => service === id);
  return Math.max(1, ...own.map(({ successThreshold }) => successThreshold));
}
