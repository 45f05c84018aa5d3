import { runSteps } from '../../actions/run-steps.ts';
import { unitMark } from '../../actions/unit-mark.ts';
import { verifyFacts } from '../../actions/verify-facts.ts';
import { isWhole } from '../../actions/verify-functions.ts';
import { type Verified, verifyRestart } from '../../actions/verify-restart.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { Network } from '../../model/check.ts';
import { explain } from '../../model/explain.ts';
import type { Service } from '../../model/inventory.ts';
import type { Acted, Plan, Receipt, Refusal, UnitMark } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import { check } from '../../watch/sample.ts';
import { keepInJournal } from './action-journal.ts';
import { countFunctions, lostWords } from './count-functions.ts';
import {
  type ActGround,
  hostOf,
  type Prepared,
  serviceOf,
  unitOf,
  wantedChecks,
} from './prepare-deed.ts';
import { type Holder, heldBy, lastTouched, stampAttempt, takeUnit } from './unit-state.ts';

/** Pods are pulled, started and probed; a unit of launchd or systemd is a process. */
const usualVerifyMs: Readonly<Record<string, number>> = { k8s: 180_000 };
const verifyMs = 30_000;

/** Carries out a plan that was agreed to: locked, stamped, verified, journalled. */
export async function carryOut(prepared: Prepared, ground: ActGround): Promise<Acted> {
  const { plan } = prepared.planned;
  const { open, actor, force } = ground;
  const standing = plan.refusals.filter(({ canForce }) => !(canForce && force));
  if (standing.length > 0) return refusedBy(plan, standing);
  if (plan.needless !== null) return { plan, outcome: 'done', receipt: null, steps: [] };
  const { clock } = open.transports;
  const at = new Date(clock.now()).toISOString();
  const unit = unitOf(plan);
  const holder: Holder = { actor, action: plan.action, pid: process.pid, at };
  const lock = await takeUnit(open.stateFolder, unit);
  if (lock === null) return refusedBy(plan, [await heldBy(open.stateFolder, unit, ground)]);
  const startedMs = clock.monotonicMs();
  try {
    // Somebody else may have come and gone since the plan was made.
    const { atMs } = await lastTouched(open.stateFolder, unit, ground);
    if (atMs !== prepared.touched.atMs) return refusedBy(plan, [triedMeanwhile]);
    await stampAttempt(open.stateFolder, { unit, holder }, ground);
    const acted = await act(prepared, ground);
    const durationMs = Math.round(clock.monotonicMs() - startedMs);
    await keepInJournal(open.stateFolder, { acted, deed: { at, actor, durationMs } }, ground);
    return acted;
  } finally {
    lock.release();
  }
}

async function act(prepared: Prepared, ground: ActGround): Promise<Acted> {
  const { service, planned, report } = prepared;
  const { plan } = planned;
  const { transports, network } = ground.open;
  const steps = await runSteps(plan.steps, {
    ...{ transports, host: hostOf(network, service), onStep: ground.onStep },
    clusters: network.inventory.clusters,
  });
  const failed = steps.some(({ state }) => state === 'failed');
  const before = unitMark(serviceOf(report, service));
  if (failed) return { plan, outcome: 'failed', receipt: null, steps };
  const look = lookerAt(prepared, ground);
  const verified = await verify(prepared, { before, look }, ground);
  const startedAnew = verified.verified && planned.isDone === null;
  const functions = startedAnew ? await countFunctions(prepared, look, ground) : [];
  const lost = functions.find((one) => !isWhole(one));
  const receipt: Receipt = {
    ...verified,
    functions,
    verified: verified.verified && !lost,
    note: lost ? lostWords(lost) : verified.note,
  };
  return { plan, outcome: receipt.verified ? 'done' : 'failed', receipt, steps };
}

interface Looking {
  readonly before: UnitMark;
  look(): Promise<Report>;
}

function verify(
  { service, planned: { plan, minimumMs, isDone } }: Prepared,
  { before, look }: Looking,
  { open: { network, transports }, signal, onLook, ...ground }: ActGround,
): Promise<Verified> {
  const usualMs = usualVerifyMs[plan.manager] ?? verifyMs;
  const wanted = {
    ...{ before, minimumMs, samples: samplesOf(network, service) },
    withinMs: ground.verifyMs ?? usualMs + minimumMs,
  };
  const how = {
    ...{ clock: transports.clock, signal, onLook },
    look: async () => serviceOf(await look(), service),
  };
  return isDone === null ? verifyRestart(wanted, how) : verifyFacts(isDone, wanted, how);
}

/** Samples that go on from one another. */
function lookerAt(prepared: Prepared, { open, signal }: ActGround): () => Promise<Report> {
  const wanted = wantedChecks(open.network, prepared.service);
  let state = prepared.state;
  return async () => {
    state = await check(wanted, open.transports, { previous: state, signal });
    return explain(open.network, state, open.transports.clock.now());
  };
}

function samplesOf(network: Network<BoundCheck>, { id }: Service): number {
  const own = network.checks.filter(({ service }) => service === id);
  return Math.max(1, ...own.map(({ successThreshold }) => successThreshold));
}

/** A plan that was not carried out, and what speaks against it. */
export function refusedBy(plan: Plan, refusals: readonly Refusal[]): Acted {
  return { plan: { ...plan, refusals }, outcome: 'refused', receipt: null, steps: [] };
}

const triedMeanwhile: Refusal = {
  code: 'COOL_DOWN',
  message: 'somebody else has acted on it since this plan was made',
  hint: 'look at what came of it: joelclaw history --actions',
  canForce: false,
};
