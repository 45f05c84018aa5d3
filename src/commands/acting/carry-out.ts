import { serversOf } from '../../actions/blast-radius.ts';
import { runSteps } from '../../actions/run-steps.ts';
import { unitMark } from '../../actions/unit-mark.ts';
import { registeredNames, verifyFunctions } from '../../actions/verify-functions.ts';
import { verifyRestart } from '../../actions/verify-restart.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { Network } from '../../model/check.ts';
import { explain } from '../../model/explain.ts';
import type { Service } from '../../model/inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Acted, FunctionsReceipt, Plan, Receipt, Refusal } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import { check } from '../../watch/sample.ts';
import {
  hostOf,
  type Prepared,
  type RestartGround,
  serviceOf,
  unitOf,
  wantedChecks,
} from './prepare-restart.ts';
import { type Holder, keepInJournal, lastAttempt, stampAttempt, takeUnit } from './unit-state.ts';

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
  const holder: Holder = { actor, action: plan.action, pid: process.pid, at };
  const lock = await takeUnit(open.stateFolder, unitOf(plan), holder);
  if (!('release' in lock)) return refusedBy(plan, [heldBy(lock)]);
  const startedMs = clock.monotonicMs();
  try {
    // Somebody else may have come and gone since the plan was made.
    const last = await lastAttempt(open.stateFolder, unitOf(plan), ground);
    if (last !== prepared.lastAttemptMs) return refusedBy(plan, [triedMeanwhile]);
    await stampAttempt(open.stateFolder, unitOf(plan), { at, actor }, ground);
    const acted = await act(prepared, ground);
    const durationMs = Math.round(clock.monotonicMs() - startedMs);
    await keepInJournal(open.stateFolder, entryOf(acted, { at, actor, durationMs }), ground);
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
  const functions = verified.verified ? await countFunctions(prepared, look, ground) : null;
  const lost = functions !== null && functions.missing.length > 0;
  const receipt: Receipt = {
    ...verified,
    functions,
    verified: verified.verified && !lost,
    note: lost ? `functions are missing: ${functions.missing.join(', ')}` : verified.note,
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

/** Of the app whose worker was restarted; a server that was restarted itself asks its workers. */
async function countFunctions(
  { service, report }: Prepared,
  look: () => Promise<Report>,
  { open, signal }: RestartGround,
): Promise<FunctionsReceipt | null> {
  const [server] = serversOf(open.network.inventory, service);
  if (!server?.worker) return null;
  const { transports } = open;
  const url = server.worker;
  return verifyFunctions(server.name, registeredNames(server.name, report.functions), {
    ...{ clock: transports.clock, signal },
    look: async () => (await look()).functions,
    register: async () => {
      const request = { url, method: 'PUT', headers: {}, tls: {} };
      await transports.http(request, { timeoutMs: 10_000, signal }).catch(() => {});
    },
  });
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

function heldBy({ actor, action, pid, at }: Holder): Refusal {
  const since = at === '' ? '' : ` since ${at}`;
  const message = `${actor} is at it (${action}, pid ${pid})${since}`;
  return { code: 'LOCKED', message, hint: 'wait until that is done', canForce: false };
}

function entryOf(
  { plan, outcome, receipt, steps }: Acted,
  more: { readonly at: string; readonly actor: string; readonly durationMs: number },
): JsonObject {
  const { action, service, host, manager, unit } = plan;
  return {
    ...more,
    ...{ action, service, host, manager, unit, outcome },
    steps: steps.map(({ command, state, exitCode, durationMs }) => ({
      ...{ command, state, exitCode, durationMs },
    })),
    before: receipt ? { ...receipt.before } : null,
    after: receipt ? { ...receipt.after } : null,
    note: receipt?.note ?? '',
  };
}
