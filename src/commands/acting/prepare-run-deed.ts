import type { Wish } from '../../actions/plan-refusals.ts';
import { functionSeen, type PlannedRunDeed, planRunDeed } from '../../actions/plan-run-deed.ts';
import type { FunctionSeen } from '../../actions/run-deeds.ts';
import { verifyFacts } from '../../actions/verify-facts.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { Network } from '../../model/check.ts';
import { explain } from '../../model/explain.ts';
import { functionsKind } from '../../model/explain-functions.ts';
import type { NetworkState } from '../../model/health.ts';
import type { Host } from '../../model/inventory.ts';
import type { Receipt, UnitMark } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import type { RunVerb } from '../../model/verb.ts';
import { check } from '../../watch/sample.ts';
import type { OpenNetwork } from '../open-network.ts';
import { type ActGround, type Prepared, unitOf } from './prepared.ts';
import { withTouched } from './touched-plan.ts';
import { unknownFunction } from './unknown-function.ts';

/** A run is seen as soon as it is queued; an app that registers is polled by its server every 5 s. */
const verifyMs = 30_000;

/** Something that is to be done to a function, a run of it, or its app. */
export interface WishedRunDeed {
  /** Slug or name of a function, or an app's. */
  readonly id: string;
  readonly wish: Wish & { readonly verb: RunVerb };
}

/** Looks at the Inngest servers and plans what is wished. Only reads. */
export async function prepareRunDeed(
  { id, wish }: WishedRunDeed,
  previous: NetworkState,
  ground: ActGround,
): Promise<Prepared> {
  const { open, signal } = ground;
  const { network, transports } = open;
  const wanted = functionsOf(network);
  const state = await check(wanted, transports, { previous, signal });
  const report = explain(network, state, transports.clock.now());
  const seen = functionSeen(network, report, id);
  if (seen === null) throw unknownFunction(id, report);
  const first = planRunDeed(seen, wish);
  const { planned, touched } = await withTouched(unitOf(first.plan), () => first, ground);
  return {
    ...{ id, wish, plan: planned.plan, host: anyHost(open), touched },
    checks: wanted.checks.map((one) => one.id),
    again: (next) => prepareRunDeed({ id, wish }, state, next),
    verify: (next) => verify({ id, seen, planned, state }, next),
  };
}

interface SeenRunDeed {
  readonly id: string;
  readonly seen: FunctionSeen;
  readonly planned: PlannedRunDeed;
  readonly state: NetworkState;
}

async function verify(
  { id, seen: before, planned: { isDone }, state: first }: SeenRunDeed,
  { open: { network, transports }, signal, onLook, ...ground }: ActGround,
): Promise<Receipt> {
  const wanted = functionsOf(network);
  let state = first;
  const look = async () => {
    state = await check(wanted, transports, { previous: state, signal });
    const report: Report = explain(network, state, transports.clock.now());
    const now = functionSeen(network, report, id);
    const mark = now ? markOf(now) : gone;
    return { mark, isSo: now !== null && isDone(now), words: `${mark.state}: ${mark.note}` };
  };
  const verified = await verifyFacts(
    { before: markOf(before), samples: 1, withinMs: ground.verifyMs ?? verifyMs },
    { clock: transports.clock, signal, onLook, look },
  );
  return { ...verified, functions: [] };
}

const gone: UnitMark = {
  ...{ state: 'unknown', note: 'its server does not tell of it any more' },
  ...{ pid: null, starts: null, revision: null },
};

/** Its newest run is what tells it from before. */
function markOf({ item, app }: FunctionSeen): UnitMark {
  const { state, note } = item ?? app;
  const run = item?.lastRun;
  const revision = run ? `run ${run.id} ${run.status}` : null;
  return { state, note, pid: null, starts: null, revision };
}

/** The checks of the Inngest servers alone. */
function functionsOf(network: Network<BoundCheck>): Network<BoundCheck> {
  return { ...network, checks: network.checks.filter(({ kind }) => kind === functionsKind) };
}

/** No program runs for it: the requests go from here. */
function anyHost({ network }: OpenNetwork): Host {
  return network.inventory.hosts[0] as Host;
}
