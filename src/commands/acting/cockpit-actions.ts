import { inDependencyOrder } from '../../actions/blast-radius.ts';
import { commandText } from '../../actions/command-text.ts';
import type { NetworkState } from '../../model/health.ts';
import type { Service } from '../../model/inventory.ts';
import type { Acted } from '../../model/plan.ts';
import { actedText, planText, stepText } from '../../outputs/plan-text.ts';
import type { ActionView } from '../../tui/action-view.ts';
import type { Intent } from '../../tui/intent.ts';
import type { Context } from '../context.ts';
import type { OpenNetwork } from '../open-network.ts';
import { actorOf } from './actor.ts';
import { carryOut } from './carry-out.ts';
import { hostOf, type Prepared, prepareRestart, type RestartGround } from './prepare-restart.ts';

type ActionIntent = Extract<Intent, { readonly type: 'restart' | 'agree' | 'close-action' }>;

interface Place {
  readonly context: Context;
  open(): OpenNetwork;
  state(): NetworkState;
  /** Everything that was touched is looked at again. */
  poll(): void;
}

/** The cockpit's hands: one action at a time, shown as it goes. */
export interface Actions {
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
  let ask = 0;
  let work: Promise<void> = Promise.resolve();

  const plan = async (ids: readonly string[]): Promise<void> => {
    const mine = ++ask;
    const title = `restart ${ids.join(', ')}`;
    show({ title, phase: 'planning', may: null, lines: [] });
    const ground = groundOf(place, { force: false, signal: ending.signal });
    const found: Prepared[] = [];
    for (const service of servicesOf(ground.open, ids)) {
      found.push(await prepareRestart(service, place.state(), ground));
    }
    if (mine !== ask) return;
    prepared = found;
    show({ title, phase: 'asking', may: mayOf(found), lines: found.flatMap(planLines(ground)) });
  };

  const act = async (force: boolean): Promise<void> => {
    const title = `restart ${prepared.map(({ service }) => service.id).join(', ')}`;
    const lines: string[] = [];
    let progress = '';
    const tell = (phase: ActionView['phase']): void =>
      show({ title, phase, may: null, lines: progress === '' ? lines : [...lines, progress] });
    const ground: RestartGround = {
      ...groundOf(place, { force, signal: ending.signal }),
      onStep: (result) => {
        lines.push(...stepText(result).split('\n').map(indented));
        tell('acting');
      },
      onLook: ({ state, note }, good) => {
        progress = indented(`${good > 0 ? '✓' : '·'} ${state}: ${note}`);
        tell('acting');
      },
    };
    let last: Acted | null = null;
    for (const { service, state } of prepared) {
      progress = '';
      lines.push(service.id);
      tell('acting');
      // What was shown may be true no more: it is looked at again before anything is done.
      last = await carryOut(await prepareRestart(service, state, ground), ground);
      progress = '';
      lines.push(...actedText(last).trimEnd().split('\n').slice(1), ...refusalLines(last));
      if (last.outcome !== 'done') break;
    }
    prepared = [];
    tell(last?.outcome === 'planned' ? 'done' : (last?.outcome ?? 'done'));
    place.poll();
  };

  const begin = (job: () => Promise<void>): void => {
    work = work.then(job).catch((error: unknown) => {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      context.warn(`an action broke, and that is our bug: ${words}`);
      show({
        title: 'this is a bug of ours',
        phase: 'failed',
        may: null,
        lines: words.split('\n'),
      });
    });
  };

  return {
    showIn: (cockpit) => {
      show = cockpit.show;
    },
    take: (intent) => {
      if (intent.type === 'restart') {
        if (context.options.readOnly) return Promise.resolve('this is --read-only: no action runs');
        begin(() => plan(intent.ids));
      } else if (intent.type === 'agree') begin(() => act(intent.force));
      else {
        ask++;
        prepared = [];
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

function groundOf(
  { context, open }: Place,
  more: Pick<RestartGround, 'force' | 'signal'>,
): RestartGround {
  const silent = { onStep: () => {}, onLook: () => {}, verifyMs: null };
  return { open: open(), actor: actorOf(context), warn: context.warn, ...silent, ...more };
}

function servicesOf({ network }: OpenNetwork, ids: readonly string[]): readonly Service[] {
  const { inventory } = network;
  return inDependencyOrder(inventory, ids).flatMap(
    (id) => inventory.services.find((one) => one.id === id) ?? [],
  );
}

function mayOf(all: readonly Prepared[]): ActionView['may'] {
  const refusals = all.flatMap(({ planned }) => planned.plan.refusals);
  if (all.length === 0 || refusals.some(({ canForce }) => !canForce)) return null;
  return refusals.length > 0 ? 'force' : 'act';
}

function planLines({ open }: RestartGround): (one: Prepared) => readonly string[] {
  return ({ service, planned: { plan } }) => {
    const host = hostOf(open.network, service);
    const commands = plan.steps.map((step) => commandText(step, host));
    return planText(plan, commands).trimEnd().split('\n');
  };
}

function refusalLines({ plan, outcome }: Acted): readonly string[] {
  if (outcome !== 'refused') return [];
  return plan.refusals.flatMap(({ message, hint }) => [
    `  not       ${message}`,
    `            → ${hint}`,
  ]);
}

function indented(line: string): string {
  return `  ${line}`;
}
