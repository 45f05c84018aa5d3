import { askGivenRuns, type GivenRun } from '../../actions/given-runs.ts';
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
import type { Receipt, StepResult, UnitMark } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import type { RunVerb } from '../../model/verb.ts';
import type { Transports } from '../../transports/contract.ts';
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
    verify: (next, steps) => verify({ id, seen, planned, state, steps }, next),
  };
}

interface SeenRunDeed {
  readonly id: string;
  readonly seen: FunctionSeen;
  readonly planned: PlannedRunDeed;
  readonly state: NetworkState;
  readonly steps: readonly StepResult[];
}

async function verify(
  { id, seen: before, planned, state: first, steps }: SeenRunDeed,
  { open: { network, transports }, signal, onLook, ...ground }: ActGround,
): Promise<Receipt> {
  const wanted = functionsOf(network);
  let state = first;
  const look = async () => {
    state = await check(wanted, transports, { previous: state, signal });
    const report: Report = explain(network, state, transports.clock.now());
    const now = functionSeen(network, report, id);
    const given = await givenRuns({ seen: before, planned, steps }, { transports, signal });
    const mine = given?.find(({ slug }) => slug === before.item?.slug) ?? null;
    const mark = now ? { ...markOf(now), ...(mine ? revisionOf(mine) : {}) } : gone;
    const isSo = given === null ? now !== null && planned.isDone(now) : mine !== null;
    return {
      mark,
      isSo,
      words: given?.length === 0 ? none : [mark.state, mark.note].filter(Boolean).join(': '),
    };
  };
  const verified = await verifyFacts(
    { before: markOf(before), samples: 1, withinMs: ground.verifyMs ?? verifyMs },
    { clock: transports.clock, signal, onLook, look },
  );
  return { ...verified, functions: [] };
}

const askMs = 5000;
const none = 'no run has come of it';

/** What has come of the id that its server gave; null where it gave none, or does not tell. */
async function givenRuns(
  { seen, planned, steps }: Pick<SeenRunDeed, 'seen' | 'planned' | 'steps'>,
  { transports, signal }: Pick<ActGround, 'signal'> & { readonly transports: Transports },
): Promise<readonly GivenRun[] | null> {
  const [step] = planned.plan.steps;
  const given = steps[0]?.given ?? null;
  if (given === null || step?.kind !== 'inngest') return null;
  const options = { timeoutMs: askMs, signal };
  return askGivenRuns(step.call, given, { url: seen.server.url, transports, options });
}

const gone: UnitMark = {
  ...{ state: 'unknown', note: 'its server does not tell of it any more' },
  ...{ pid: null, starts: null, revision: null },
};

/** Its newest run is what tells it from before. */
function markOf({ item, app }: FunctionSeen): UnitMark {
  const { state, note } = item ?? app;
  const run = item?.lastRun;
  return { state, note, pid: null, starts: null, ...(run ? revisionOf(run) : { revision: null }) };
}

function revisionOf({ id, status }: Pick<GivenRun, 'id' | 'status'>): Pick<UnitMark, 'revision'> {
  return { revision: `run ${id} ${status}` };
}

/** The checks of the Inngest servers alone. */
function functionsOf(network: Network<BoundCheck>): Network<BoundCheck> {
  return { ...network, checks: network.checks.filter(({ kind }) => kind === functionsKind) };
}

/** No program runs for it: the requests go from here. */
function anyHost({ network }: OpenNetwork): Host {
  return network.inventory.hosts[0] as Host;
}
