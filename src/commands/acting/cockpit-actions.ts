import { inDependencyOrder } from '../../actions/blast-radius.ts';
import type { NetworkState } from '../../model/health.ts';
import type { Acted } from '../../model/plan.ts';
import { actedText, planText, stepText } from '../../outputs/plan-text.ts';
import type { ActionView } from '../../tui/action-view.ts';
import type { Intent } from '../../tui/intent.ts';
import type { Context } from '../context.ts';
import type { OpenNetwork } from '../open-network.ts';
import { actorOf } from './actor.ts';
import { carryOut, refusedBy } from './carry-out.ts';
import { prepareAgain } from './prepare-again.ts';
import { type Prepared, prepareRestart, type RestartGround } from './prepare-restart.ts';

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
    for (const service of inDependencyOrder(ground.open.network.inventory, ids)) {
      found.push(await prepareRestart(service, place.state(), ground));
    }
    if (mine !== ask) return;
    prepared = found;
    show({ title, phase: 'asking', may: mayOf(found), lines: found.flatMap(planLines) });
  };

  const act = async (agreed: readonly Prepared[], force: boolean): Promise<void> => {
    const title = `restart ${agreed.map(({ service }) => service.id).join(', ')}`;
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
    for (const shown of agreed) {
      progress = '';
      lines.push(shown.service.id);
      tell('acting');
      const again = await prepareAgain(shown, ground);
      last =
        'code' in again ? refusedBy(shown.planned.plan, [again]) : await carryOut(again, ground);
      progress = '';
      lines.push(...actedText(last).trimEnd().split('\n').slice(1));
      if (last.outcome !== 'done') break;
    }
    if (last !== null && last.outcome !== 'planned') tell(last.outcome);
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
      } else if (intent.type === 'agree') {
        // Taken at once: a second yes finds nothing more to agree to.
        const agreed = prepared;
        prepared = [];
        if (agreed.length > 0) begin(() => act(agreed, intent.force));
      } else {
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

function mayOf(all: readonly Prepared[]): ActionView['may'] {
  const refusals = all.flatMap(({ planned }) => planned.plan.refusals);
  if (all.length === 0 || refusals.some(({ canForce }) => !canForce)) return null;
  return refusals.length > 0 ? 'force' : 'act';
}

function planLines({ planned }: Prepared): readonly string[] {
  return planText(planned.plan).trimEnd().split('\n');
}

function indented(line: string): string {
  return `  ${line}`;
}
