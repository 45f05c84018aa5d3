import { handMade } from '../../model/file-verdict.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { stepText } from '../../outputs/plan-text.ts';
import { actorOf } from '../acting/actor.ts';
import type { ActGround } from '../acting/prepared.ts';
import type { Context } from '../context.ts';
import { type OpenNetwork, openNetwork } from '../open-network.ts';
import { type ApplyStore, storeOf } from './apply-store.ts';

/** A network whose files are managed, and where applies are kept. */
export interface OpenInfra {
  readonly open: OpenNetwork;
  readonly store: ApplyStore;
  readonly act: ActGround;
  readonly context: Context;
  /** A line of progress, on stderr. */
  tell(line: string): void;
}

/** Opens the network of a command line; what simulates one keeps nothing of it on a disk. */
export async function withInfra<T>(
  context: Context,
  body: (infra: OpenInfra) => Promise<T>,
): Promise<T> {
  const open = await openNetwork(context);
  try {
    return await body(infraOf(open, context));
  } finally {
    await open.transports.close();
  }
}

function infraOf(open: OpenNetwork, context: Context): OpenInfra {
  const { json } = context.options;
  const store = storeOf(open);
  let last = '';
  const tell = (line: string): void => {
    if (!json && line !== last) process.stderr.write(`  ${line}\n`);
    last = line;
  };
  return { open, store, act: actOf(open, context, tell), context, tell };
}

/** What acts for it tells of its steps there. */
export function actOf(
  open: OpenNetwork,
  context: Context,
  tell: OpenInfra['tell'],
): OpenInfra['act'] {
  const { force, timeoutIsGiven, timeoutMs } = context.options;
  return {
    ...{ open, force, actor: actorOf(context), signal: context.signal, warn: context.warn },
    verifyMs: timeoutIsGiven ? timeoutMs : null,
    onStep: (result) => tell(stepText(result)),
    onLook: () => {},
  };
}

/** `20260218T090000123Z-k3x9`: when it began, by which they are in order, and what makes it its own. */
export function newApplyId({ transports: { clock } }: OpenNetwork): string {
  const at = new Date(clock.now()).toISOString().replaceAll(/[-:.]/g, '');
  return `${at}-${Math.floor(clock.random() * 36 ** 4)
    .toString(36)
    .padStart(4, '0')}`;
}

/** What of the items is to be left, and so is no success. */
export function leftByHand(items: readonly PlannedItem[]): readonly PlannedItem[] {
  // What a cluster refuses is not written, nor what is no text; an environment may only want a value.
  const notWritten = new Set(['pending', 'missing']);
  return items.filter(
    ({ item: { action, verdict, kind } }) =>
      action === 'left' && (handMade.has(verdict) || (kind !== 'env' && notWritten.has(verdict))),
  );
}
