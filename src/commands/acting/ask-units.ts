import type { Wish } from '../../actions/plan-refusals.ts';
import type { NetworkState } from '../../model/health.ts';
import type { Acted } from '../../model/plan.ts';
import type { Context } from '../context.ts';
import type { OpenNetwork } from '../open-network.ts';
import { actingView } from './acting-view.ts';
import { actorOf } from './actor.ts';
import type { Asked, Show } from './asked.ts';
import { carryOut, refusedBy } from './carry-out.ts';
import { mayOf, nameOf, questionLines, questionSteps, titleOf } from './cockpit-question.ts';
import { prepareAgain } from './prepare-again.ts';
import type { ActGround, Prepared } from './prepared.ts';
import { preparersOf } from './preparers.ts';

/** What is wished of services, functions or runs. */
export interface UnitsWish {
  readonly wish: Wish;
  readonly ids: readonly string[];
}

interface UnitsGround {
  readonly context: Context;
  /** As it is by then: the inventory may become another one between a question and its answer. */
  open(): OpenNetwork;
  readonly state: NetworkState;
  readonly signal: AbortSignal;
}

/** Plans what is wished of units, one after another. */
export async function askUnits({ wish, ids }: UnitsWish, ground: UnitsGround): Promise<Asked> {
  const quiet = actGround(ground, false);
  const found: Prepared[] = [];
  for (const { prepare } of preparersOf(quiet.open, wish, ids)) {
    found.push(await prepare(ground.state, quiet));
  }
  const may = mayOf(found);
  return {
    view: {
      ...{ title: titleOf(wish, ids), phase: 'asking', may },
      ...{ lines: questionLines(found), steps: questionSteps(found), wantsName: nameOf(found) },
    },
    agree: (show, force) => act(found, actGround(ground, force), show),
  };
}

/** One after another, up to the first that is not done. */
async function act(agreed: readonly Prepared[], ground: ActGround, show: Show) {
  const ids = agreed.map(({ id }) => id);
  const [first] = agreed;
  const view = actingView(first ? titleOf(first.wish, ids) : '', show);
  let last: Acted | null = null;
  for (const shown of agreed) {
    view.begin(shown.id);
    const own = { ...ground, ...view.told };
    const again = await prepareAgain(shown, own);
    last = 'code' in again ? refusedBy(shown.plan, [again]) : await carryOut(again, own);
    view.ended(last);
    if (last.outcome !== 'done') break;
  }
  return view.end(last === null || last.outcome === 'planned' ? 'refused' : last.outcome);
}

function actGround({ context, open, signal }: UnitsGround, force: boolean): ActGround {
  const silent = { onStep: () => {}, onLook: () => {}, verifyMs: null };
  return { open: open(), actor: actorOf(context), warn: context.warn, ...silent, force, signal };
}
