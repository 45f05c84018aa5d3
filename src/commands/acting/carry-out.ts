import { runSteps } from '../../actions/run-steps.ts';
import type { Acted, Plan, Refusal } from '../../model/plan.ts';
import { begun, entryOf, keepInJournal } from './action-journal.ts';
import { type ActGround, type Prepared, unitOf } from './prepared.ts';
import { type Holder, heldBy, lastTouched, stampAttempt, takeUnit } from './unit-state.ts';

/** Carries out a plan that was agreed to: locked, stamped, verified, journalled. */
export async function carryOut(prepared: Prepared, ground: ActGround): Promise<Acted> {
  const { plan } = prepared;
  const { open, actor, force } = ground;
  const standing = plan.refusals.filter(({ canForce }) => !(canForce && force));
  if (standing.length > 0) return refusedBy(plan, standing);
  if (plan.needless !== null) return { plan, outcome: 'done', receipt: null, steps: [] };
  const { clock } = open.transports;
  const at = new Date(clock.now()).toISOString();
  const unit = unitOf(plan);
  const holder: Holder = { actor, action: plan.action, pid: process.pid, at };
  const lock = await takeUnit(open.stateFolder, unit).catch((error: NodeJS.ErrnoException) =>
    lockless(error, open.stateFolder),
  );
  if (lock !== null && 'code' in lock) return refusedBy(plan, [lock]);
  if (lock === null) return refusedBy(plan, [await heldBy(open.stateFolder, unit, ground)]);
  const startedMs = clock.monotonicMs();
  try {
    // Somebody else may have come and gone since the plan was made.
    const { atMs } = await lastTouched(open.stateFolder, unit, ground);
    if (atMs !== prepared.touched.atMs) return refusedBy(plan, [triedMeanwhile]);
    const stamp = await stampAttempt(open.stateFolder, { unit, holder }, ground);
    if (stamp.trouble !== null && !force) return refusedBy(plan, [unstamped(stamp.trouble)]);
    // Told before the first step: what is killed with its process is known too.
    await keepInJournal(open.stateFolder, begun(plan, { at, actor }), ground);
    const acted = await act(prepared, ground);
    if (wasOnlyDenied(acted)) await stamp.takeBack();
    const durationMs = Math.round(clock.monotonicMs() - startedMs);
    await keepInJournal(open.stateFolder, entryOf(acted, { at, actor, durationMs }), ground);
    return acted;
  } finally {
    lock.release();
  }
}

async function act({ plan, host, verify, lookAfter }: Prepared, ground: ActGround): Promise<Acted> {
  const { transports, network } = ground.open;
  const { clusters, inngest } = network.inventory;
  const { onStep } = ground;
  const onBegin = (index: number): void => ground.onBegin?.(plan, index);
  const steps = await runSteps(plan.steps, {
    ...{ transports, host, clusters, inngest },
    ...{ onBegin, onStep },
  });
  const failed = steps.some(({ state }) => state === 'failed');
  if (failed) {
    const seen = wasOnlyDenied({ steps }) ? null : ((await lookAfter?.(ground)) ?? null);
    return { plan, outcome: 'failed', receipt: seen, steps };
  }
  const receipt = await verify(ground, steps);
  return { plan, outcome: receipt.verified ? 'done' : 'failed', receipt, steps };
}

/** Nobody has touched the unit: that is no attempt which others should wait for. */
function wasOnlyDenied({ steps }: Pick<Acted, 'steps'>): boolean {
  return steps.find(({ state }) => state !== 'not-run')?.denied === true;
}

/** Without a lock two may act on one unit: nothing is done. */
function lockless({ code, message }: NodeJS.ErrnoException, stateFolder: string): Refusal {
  // SQLite has its own words, such as "database or disk is full".
  const why = code === undefined || code.startsWith('ERR_') ? message : code;
  return {
    ...{ code: 'NO_LOCK', canForce: false },
    message: `its lock cannot be taken (${why}) in ${stateFolder}`,
    hint: 'make room there and make it writable, or name another folder with $JOELCLAW_STATE',
  };
}

/** A plan that was not carried out, and what speaks against it. */
export function refusedBy(plan: Plan, refusals: readonly Refusal[]): Acted {
  return { plan: { ...plan, refusals }, outcome: 'refused', receipt: null, steps: [] };
}

/** A cool-down that is not kept keeps nobody from trying on and on. */
function unstamped(trouble: string): Refusal {
  return {
    ...{ code: 'NO_LOCK', canForce: true, message: trouble },
    hint: 'make room there and make it writable, or name another folder with $JOELCLAW_STATE',
  };
}

const triedMeanwhile: Refusal = {
  code: 'COOL_DOWN',
  message: 'somebody else has acted on it since this plan was made',
  hint: 'look at what came of it: joelclaw history --actions',
  canForce: false,
};
