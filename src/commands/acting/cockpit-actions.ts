import type { Rights } from '../../actions/needs-root.ts';
import type { NetworkState } from '../../model/health.ts';
import { isInfraVerb } from '../../model/infra-verb.ts';
import type { ActionView } from '../../tui/action-view.ts';
import type { OffersOf } from '../../tui/surroundings.ts';
import type { Context } from '../context.ts';
import type { InfraHands, InfraWish } from '../infra/cockpit-infra.ts';
import type { OpenNetwork } from '../open-network.ts';
import { type ActionIntent, startTypes } from './action-intent.ts';
import { askUnits, type UnitsWish } from './ask-units.ts';
import type { Asked } from './asked.ts';
import { askRightsOf, type Chosen, type Menu, menuOf } from './cockpit-menu.ts';
import { titleOf } from './cockpit-question.ts';
import { troubleView } from './cockpit-trouble.ts';

const noneEnded = 'no action has ended here yet: joelclaw history --actions has those of before';

interface Place {
  readonly context: Context;
  open(): OpenNetwork;
  state(): NetworkState;
  /** Everything that was touched is looked at again. */
  poll(): void;
}

interface Offered extends Chosen {
  readonly menu: Menu;
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
  const { signal } = ending;
  let show: (view: ActionView | null) => void = () => {};
  let agree: Asked['agree'] = null;
  let offered: Offered | null = null;
  let ask = 0;
  let ended: ActionView | null = null;
  let hands: Promise<InfraHands> | null = null;
  const rights = new Map<string, Rights | null>();
  let work: Promise<void> = Promise.resolve();

  const plan = async (title: string, planned: () => Promise<Asked>): Promise<void> => {
    const mine = ++ask;
    show({ title, phase: 'planning', may: null, lines: [] });
    const asked = await planned();
    if (mine !== ask) return;
    agree = asked.agree;
    show(asked.view);
  };

  const planUnits = (wanted: UnitsWish): Promise<void> =>
    plan(titleOf(wanted.wish, wanted.ids), () =>
      askUnits(wanted, { context, open: place.open, state: place.state(), signal }),
    );

  const planInfra = (wish: InfraWish): Promise<void> =>
    plan(`infra ${wish.verb}`, async () => {
      // What only an apply needs is loaded when somebody wants one.
      hands ??= import('../infra/cockpit-infra.ts').then((made) =>
        made.infraHands(context, signal),
      );
      return (await hands)(wish, { open: place.open, state: place.state() });
    });

  const menuNow = (chosen: Chosen): Menu =>
    menuOf(chosen, place.open(), { state: place.state(), rights });

  const offer = async ({ of, ids }: Chosen): Promise<void> => {
    const mine = ++ask;
    for (const [id, one] of await askRightsOf({ of, ids }, place.open(), signal)) {
      rights.set(id, one);
    }
    if (mine !== ask) return;
    const menu = menuNow({ of, ids });
    offered = { of, ids, menu };
    const title = `actions ${ids.join(', ')}`;
    show({ title, phase: 'choosing', may: null, lines: menu.lines, choices: menu.items });
  };

  const begin = (job: () => Promise<void>): void => {
    work = work.then(job).catch((error: unknown) => show(troubleView(error, context)));
  };

  /** False where it is not offered any more. */
  const beginNamed = ({ menu, ids, of }: Offered, name: string | undefined): boolean => {
    const item = menu.items.find((one) => one.name === name);
    const { wish } = item ?? {};
    if (of === 'files' && item && isInfraVerb(item.name)) {
      const { name: verb } = item;
      begin(() => planInfra({ verb, ids }));
    } else if (wish) begin(() => planUnits({ wish, ids }));
    else return false;
    return true;
  };

  const carryOut = async (agreed: NonNullable<Asked['agree']>, force: boolean): Promise<void> => {
    ended = await agreed(show, force);
    show(ended);
    place.poll();
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
      if (startTypes.has(intent.type) && context.options.readOnly) {
        return Promise.resolve('this is --read-only: no action runs');
      }
      if (intent.type === 'restart') {
        const wish = { verb: 'restart', object: null } as const;
        begin(() => planUnits({ wish, ids: intent.ids }));
      } else if (intent.type === 'apply') {
        begin(() => planInfra({ verb: 'apply', ids: intent.ids }));
      } else if (intent.type === 'offer') {
        begin(() => offer(intent));
      } else if (intent.type === 'act') {
        if (!beginNamed({ ...intent, menu: menuNow(intent) }, intent.name))
          return Promise.resolve(`${intent.name}: it is not offered any more`);
      } else if (intent.type === 'choose') {
        if (offered) beginNamed(offered, offered.menu.items[intent.index]?.name);
      } else if (intent.type === 'agree') {
        // Taken at once: a second yes finds nothing more to agree to.
        const agreed = agree;
        agree = null;
        if (agreed) begin(() => carryOut(agreed, intent.force));
      } else if (intent.type === 'receipt') {
        if (ended === null) return Promise.resolve(noneEnded);
        show(ended);
      } else {
        ask++;
        agree = null;
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
