import { isToDo } from '../../actions/infra/apply-groups.ts';
import { UserError } from '../../model/errors.ts';
import { explain } from '../../model/explain.ts';
import { handMade } from '../../model/file-verdict.ts';
import type { NetworkState } from '../../model/health.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { InfraVerb } from '../../model/infra-verb.ts';
import { itemChanges, savedItems } from '../../model/saved-plan.ts';
import { infraQuestion } from '../../outputs/infra-question.ts';
import type { Asked, Show } from '../acting/asked.ts';
import { blocksIn } from '../acting/plan-steps.ts';
import type { Context } from '../context.ts';
import type { OpenNetwork } from '../open-network.ts';
import { adoptHere } from './adopt.ts';
import { applyPlan, type WantedPlan } from './apply-plan.ts';
import { type ApplyStore, storeOf } from './apply-store.ts';
import { applyingView } from './applying-view.ts';
import { takeInfra } from './infra-lock.ts';
import { actOf, leftByHand, type OpenInfra } from './open-infra.ts';
import { planOf } from './plan-of.ts';
import { planServing } from './plan-serving.ts';
import { lastApply, rollBackHere } from './rollback.ts';
import { validate } from './validate.ts';

/** What is wished of managed files; no ids are all of them. */
export interface InfraWish {
  readonly verb: InfraVerb;
  readonly ids: readonly string[];
}

/** Plans what is wished of managed files, from the cockpit. */
export type InfraHands = (wish: InfraWish, seen: Seen) => Promise<Asked>;

/** A network, and what is known of it. */
interface Seen {
  /** As it is by then: the inventory may become another one between a question and its answer. */
  open(): OpenNetwork;
  readonly state: NetworkState;
}

/** What simulates a network keeps its applies as long as the cockpit stands. */
export function infraHands(context: Context, signal: AbortSignal): InfraHands {
  const stores = new Map<string, ApplyStore>();
  const infraFor = (
    open: OpenNetwork,
    more: Partial<Context> = {},
    tell: OpenInfra['tell'] = () => {},
  ): OpenInfra => {
    const store = stores.get(open.stateFolder) ?? storeOf(open);
    stores.set(open.stateFolder, store);
    const options = { ...context.options, yes: true, json: false, dryRun: false };
    const own = { ...context, options, isTty: false, signal, ...more };
    return { open, store, context: own, act: actOf(open, own, tell), tell };
  };
  return (wish, { open, state }) => {
    if (wish.verb === 'apply' || wish.verb === 'overwrite') {
      return askToApply(wish, state, () => infraFor(open()));
    }
    return askToRun(wish, (more, tell) => infraFor(open(), more, tell));
  };
}

async function wantedBy({ verb, ids }: InfraWish, infra: OpenInfra): Promise<WantedPlan> {
  const plan = await planOf(infra, { overwriteDrift: verb === 'overwrite', prune: false });
  const isWanted = ({ item }: PlannedItem): boolean => ids.length === 0 || ids.includes(item.id);
  return { plan, items: plan.items.filter(isWanted) };
}

async function askToApply(
  wish: InfraWish,
  state: NetworkState,
  infraNow: () => OpenInfra,
): Promise<Asked> {
  const infra = infraNow();
  const { open, context } = infra;
  const wanted = await wantedBy(wish, infra);
  const toDo = wanted.items.filter(isToDo);
  await validate(toDo, open, context);
  const title = titleOf(wish);
  const may = toDo.length > 0 ? 'act' : null;
  const wantsName = may === null ? null : nameOf(toDo, open);
  const told = await question(wanted, state, infra);
  return {
    view: { title, phase: 'asking', may, ...told, wantsName },
    agree: may && ((show) => apply({ wish, title, shown: wanted }, infraNow(), show)),
  };
}

async function question(
  { plan, items }: WantedPlan,
  state: NetworkState,
  infra: OpenInfra,
): Promise<Pick<Asked['view'], 'lines' | 'steps'>> {
  const { network, transports } = infra.open;
  const seen = explain(network, state, transports.clock.now());
  const groups = await planServing({ items, report: plan.report, seen }, infra);
  const others = items.filter((one) => !isToDo(one));
  const unfinished = plan.unfinished.map(
    ({ id }) => `  note      apply ${id} did not end: this finishes it, x rollback undoes it`,
  );
  const byHand = leftByHand(items).filter(({ item }) => handMade.has(item.verdict));
  const adopts = byHand.some(({ item }) => item.kind !== 'k8s') ? ', or adopts it' : '';
  const lines = [
    ...unfinished,
    ...infraQuestion(groups, others),
    ...(byHand.length > 0 ? [`  note      x overwrites what hands have made${adopts}`] : []),
    ...(groups.length === 0 ? ['  nothing   is to be done'] : []),
  ];
  const steps = blocksIn(
    lines,
    groups.flatMap((one) => one.plan ?? []),
  );
  return steps.length > 0 ? { lines, steps } : { lines };
}

interface Agreed {
  readonly wish: InfraWish;
  readonly title: string;
  readonly shown: WantedPlan;
}

async function apply({ wish, title, shown }: Agreed, infra: OpenInfra, show: Show) {
  const told = applyingView(title, show);
  told.line('looked at again, now that it was agreed to');
  const lock = await takeInfra(infra.act, 'apply');
  try {
    const again = await wantedBy(wish, infra);
    const reasons = itemChanges(savedItems(shown.items, asIs), savedItems(again.items, asIs));
    if (reasons.length > 0) {
      const lines = [...reasons, '→ nothing was done: a plans it anew'];
      return { title, phase: 'refused', may: null, lines } as const;
    }
    const act = { ...infra.act, ...told.act };
    const carried = await applyPlan(again, { ...infra, act, tell: told.line }, told);
    return carried === null ? told.end('done') : told.ended(carried);
  } finally {
    lock.release();
  }
}

const asIs = (sum: string): string => sum;

/** The others are commands that say what they would do, and then do it. */
async function askToRun(
  wish: InfraWish,
  infraFor: (more?: Partial<Context>, tell?: OpenInfra['tell']) => OpenInfra,
): Promise<Asked> {
  const infra = infraFor();
  const isRollback = wish.verb === 'rollback';
  // What was the last apply when it was asked about is meant when it is agreed to.
  const [id = ''] = isRollback ? [(await lastApply(infra)).id] : wish.ids;
  const title = `${wish.verb} ${id}`;
  const run = async (dryRun: boolean, tell: (line: string) => void = () => {}) => {
    const said: string[] = [];
    const options = { ...infra.context.options, dryRun, words: ['infra', wish.verb, id] };
    const now = infraFor({ options, write: async (text) => void said.push(text) }, tell);
    const code = isRollback ? await rollBackHere(now) : await adoptHere(id, now);
    return { code, lines: said.join('').trimEnd().split('\n') };
  };
  const { lines } = await run(true);
  const wantsName = isRollback ? infra.open.network.inventory.name : null;
  return {
    view: { title, phase: 'asking', may: 'act', lines, wantsName },
    agree: async (show) => {
      const done = await run(false, applyingView(title, show).line);
      return { title, phase: done.code === 0 ? 'done' : 'failed', may: null, lines: done.lines };
    },
  };
}

function titleOf({ verb, ids }: InfraWish): string {
  const what = ids.length === 0 ? 'all managed files' : ids.join(', ');
  return `${verb} ${ids.length > 1 ? `${ids.length}: ` : ''}${what}`;
}

/** One is called as its file is, several as their network. */
function nameOf(toDo: readonly PlannedItem[], { network }: OpenNetwork): string {
  const [first] = toDo;
  if (!first) throw new UserError('nothing is to be done', { hint: 'look at Drift: 4' });
  return toDo.length > 1 ? network.inventory.name : (first.item.id.split('/').at(-1) ?? '');
}
