import { runSteps } from '../../actions/run-steps.ts';
import { unitMark } from '../../actions/unit-mark.ts';
import { isWhole } from '../../actions/verify-functions.ts';
import { verifyRestart } from '../../actions/verify-restart.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { Network } from '../../model/check.ts';
import { explain } from '../../model/explain.ts';
import type { Service } from '../../model/inventory.ts';
import type { Acted, Plan, Receipt, Refusal } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import { check } from '../../watch/sample.ts';
import { keepInJournal } from './action-journal.ts';
import { countFunctions, lostWords } from './count-functions.ts';
import {
  hostOf,
  type Prepared,
  type RestartGround,
  serviceOf,
  unitOf,
  wantedChecks,
} from './prepare-restart.ts';
import { type Holder, heldBy, lastAttempt, stampAttempt, takeUnit } from './unit-state.ts';

/** Pods are pulled, started and probed; a unit of launchd or systemd is a process. */
const usualVerifyMs: Readonly<Record<string, number>> = { k8s: 180_000 };
const verifyMs = 30_000;

/** Carries out a plan that was agreed to: locked, stamped, verified, journalled. */
export async function carryOut(prepared: Prepared, ground: RestartGround): Promise<Acted> {
  const { plan } = prepared.planned;
  const { open, actor, force } = ground;
  const standing = plan.refusals.filter(({ canForce }) => !(canForce && force));
  if (standing.length > 0) return refusedBy(plan, standing);
  const { clock } = open.transports;
  const at = new Date(clock.now()).toISOString();
  const unit = unitOf(plan);
  const holder: Holder = { actor, action: plan.action, pid: process.pid, at };
  const lock = await takeUnit(open.stateFolder, unit);
  if (lock === null) return refusedBy(plan, [await heldBy(open.stateFolder, unit, ground)]);
  const startedMs = clock.monotonicMs();
  try {
    // Somebody else may have come and gone since the plan was made.
    const last = await lastAttempt(open.stateFolder, unit, ground);
    if (last !== prepared.lastAttemptMs) return refusedBy(plan, [triedMeanwhile]);
    await stampAttempt(open.stateFolder, { unit, holder }, ground);
    const acted = await act(prepared, ground);
    const durationMs = Math.round(clock.monotonicMs() - startedMs);
    await keepInJournal(open.stateFolder, { acted, deed: { at, actor, durationMs } }, ground);
    return acted;
  } finally {
    lock.release();
  }
}

async function act(prepared: Prepared, ground: RestartGround): Promise<Acted> {
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
  const usualMs = usualVerifyMs[plan.manager] ?? verifyMs;
  const verified = await verifyRestart(
    {
      ...{ before, minimumMs: planned.minimumMs, samples: samplesOf(network, service) },
      withinMs: ground.verifyMs ?? usualMs + planned.minimumMs,
    },
    {
      ...{ clock: transports.clock, signal: ground.signal, onLook: ground.onLook },
      look: async () => serviceOf(await look(), service),
    },
  );
  const functions = verified.verified ? await countFunctions(prepared, look, ground) : [];
  const lost = functions.find((one) => !isWhole(one));
  const receipt: Receipt = {
    ...verified,
    functions,
    verified: verified.verified && !lost,
    note: lost ? lostWords(lost) : verified.note,
  };
  return { plan, outcome: receipt.verified ? 'done' : 'failed', receipt, steps };
}

/** Samples that go on from one another. */
function lookerAt(prepared: Prepared, { open, signal }: RestartGround): () => Promise<Report> {
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
  message: 'somebody else has tried it since this plan was made',
  hint: 'look at what came of it: joelclaw history --actions',
  canForce: false,
};
