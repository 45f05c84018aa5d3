import type { Rights } from '../../actions/needs-root.ts';
import type { Wish } from '../../actions/plan-refusals.ts';
import type { NetworkState } from '../../model/health.ts';
import type { Acted } from '../../model/plan.ts';
import { type ActionView, isOver } from '../../tui/action-view.ts';
import type { OffersOf } from '../../tui/surroundings.ts';
import type { Context } from '../context.ts';
import type { OpenNetwork } from '../open-network.ts';
import { actingView } from './acting-view.ts';
import { type ActionIntent, startTypes } from './action-intent.ts';
import { actorOf } from './actor.ts';
import { carryOut, refusedBy } from './carry-out.ts';
import { askRightsOf, type Chosen, type Menu, menuOf } from './cockpit-menu.ts';
import { mayOf, nameOf, questionLines, titleOf } from './cockpit-question.ts';
import { troubleView } from './cockpit-trouble.ts';
import { prepareAgain } from './prepare-again.ts';
import type { ActGround, Prepared } from './prepared.ts';
import { preparersOf } from './preparers.ts';

const noneEnded = 'no action has ended here yet: joelclaw history --actions has those of before';

interface Place {
  readonly context: Context;
  open(): OpenNetwork;
  state(): NetworkState;
  /** Everything that was touched is looked at again. */
  poll(): void;
}

interface Wanted {
  readonly wish: Wish;
  readonly ids: readonly string[];
}

interface Offered {
  readonly menu: Menu;
  readonly ids: readonly string[];
}

/** The cockpit's hands: one action at a time, shown as it goes. */
export interface Actions {
  /** What can be done to these as they were last seen, for who looks for it by name. */
  readonly offersOf: OffersOf;
  /** Resolves with words for the footer where there is nothing else to be seen. */
  take(intent: ActionIntent): Promise<string> | undefined;
  showIn(cockpit: { show(view: ActionView | null): void }): void;
  /** Resolves when no action goes on. */
  idle(): Promise<void>;
  /** A step that has begun is finished; what is only being verified is not waited for. */
  stop(): Promise<void>;
}

export function createActions(place: Place): Actions {
  const { context } = place;
  const ending = new AbortController();
  let show: (view: ActionView | null) => void = () => {};
  let prepared: readonly Prepared[] = [];
  let offered: Offered | null = null;
  let ask = 0;
  let ended: ActionView | null = null;
  const rights = new Map<string, Rights | null>();
  let work: Promise<void> = Promise.resolve();

  const plan = async ({ wish, ids }: Wanted): Promise<void> => {
    const mine = ++ask;
    const title = titleOf(wish, ids);
    show({ title, phase: 'planning', may: null, lines: [] });
    const ground = groundOf(place, { force: false, signal: ending.signal });
    const found: Prepared[] = [];
    for (const { prepare } of preparersOf(ground.open, wish, ids)) {
      found.push(await prepare(place.state(), ground));
    }
    if (mine !== ask) return;
    prepared = found;
    const lines = questionLines(found);
    show({ title, phase: 'asking', may: mayOf(found), lines, wantsName: nameOf(found) });
  };

  const menuNow = (chosen: Chosen): Menu =>
    menuOf(chosen, place.open(), { state: place.state(), rights });

  const offer = async ({ of, ids }: Chosen): Promise<void> => {
    const mine = ++ask;
    for (const [id, one] of await askRightsOf({ of, ids }, place.open(), ending.signal)) {
      rights.set(id, one);
    }
    if (mine !== ask) return;
    const menu = menuNow({ of, ids });
    offered = { menu, ids };
    const title = `actions ${ids.join(', ')}`;
    show({ title, phase: 'choosing', may: null, lines: menu.lines, choices: menu.items });
  };

  const act = async (agreed: readonly Prepared[], force: boolean): Promise<void> => {
    const [first] = agreed;
    const title = first
      ? titleOf(
          first.wish,
          agreed.map(({ id }) => id),
        )
      : '';
    const view = actingView(title, (one) => {
      if (isOver(one)) ended = one;
      show(one);
    });
    const ground: ActGround = {
      ...groundOf(place, { force, signal: ending.signal }),
      ...view.told,
    };
    let last: Acted | null = null;
    for (const shown of agreed) {
      view.begin(shown.id);
      const again = await prepareAgain(shown, ground);
      last = 'code' in again ? refusedBy(shown.plan, [again]) : await carryOut(again, ground);
      view.ended(last);
      if (last.outcome !== 'done') break;
    }
    if (last !== null && last.outcome !== 'planned') view.end(last.outcome);
    place.poll();
  };

  const begin = (job: () => Promise<void>): void => {
    work = work.then(job).catch((error: unknown) => show(troubleView(error, context)));
  };

  return {
    showIn: (cockpit) => {
      show = cockpit.show;
    },
    offersOf: (of, ids) => {
      const { items, lines } = menuNow({ of, ids });
      return { choices: items, why: items.length > 0 ? null : (lines[0] ?? null) };
    },
    take: (intent) => {
      const starts = startTypes.has(intent.type);
      if (starts && context.options.readOnly) {
        return Promise.resolve('this is --read-only: no action runs');
      }
      if (intent.type === 'restart') {
        const wish = { verb: 'restart', object: null } as const;
        begin(() => plan({ wish, ids: intent.ids }));
      } else if (intent.type === 'offer') {
        begin(() => offer(intent));
      } else if (intent.type === 'act') {
        const wish = menuNow(intent).items.find(({ name }) => name === intent.name)?.wish;
        if (wish) begin(() => plan({ wish, ids: intent.ids }));
        else return Promise.resolve(`${intent.name}: it is not offered any more`);
      } else if (intent.type === 'choose') {
        const wish = offered?.menu.items[intent.index]?.wish;
        const ids = offered?.ids ?? [];
        if (wish) begin(() => plan({ wish, ids }));
      } else if (intent.type === 'agree') {
        // Taken at once: a second yes finds nothing more to agree to.
        const agreed = prepared;
        prepared = [];
        if (agreed.length > 0) begin(() => act(agreed, intent.force));
      } else if (intent.type === 'receipt') {
        if (ended === null) return Promise.resolve(noneEnded);
        show(ended);
      } else {
        ask++;
        prepared = [];
        offered = null;
        show(null);
      }
      return undefined;
    },
    idle: () => work,
    stop: async () => {
      ending.abort();
      await work;
    },
  };
}

function groundOf({ context, open }: Place, more: Pick<ActGround, 'force' | 'signal'>): ActGround {
  const silent = { onStep: () => {}, onLook: () => {}, verifyMs: null };
  return { open: open(), actor: actorOf(context), warn: context.warn, ...silent, ...more };
}
