import { inActingOrder } from '../../actions/blast-radius.ts';
import type { Wish } from '../../actions/plan-refusals.ts';
import type { NetworkState } from '../../model/health.ts';
import { isRunVerb } from '../../model/verb.ts';
import type { OpenNetwork } from '../open-network.ts';
import { prepareDeed } from './prepare-deed.ts';
import { prepareRunDeed } from './prepare-run-deed.ts';
import type { ActGround, Prepared } from './prepared.ts';

/** One of the things that a wish is about. */
export interface Preparer {
  readonly id: string;
  prepare(known: NetworkState, ground: ActGround): Promise<Prepared>;
}

/** Services in the order in which the verb is done to them, or functions as they were named. */
export function preparersOf(
  { network: { inventory } }: OpenNetwork,
  wish: Wish,
  ids: readonly string[],
): readonly Preparer[] {
  const { verb } = wish;
  if (isRunVerb(verb)) {
    return ids.map((id) => ({
      id,
      prepare: (known, ground) => prepareRunDeed({ id, wish: { ...wish, verb } }, known, ground),
    }));
  }
  return inActingOrder(inventory, verb, ids).map((service) => ({
    id: service.id,
    prepare: (known, ground) => prepareDeed({ service, wish }, known, ground),
  }));
}
