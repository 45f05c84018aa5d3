import { type Offers, offersOf } from '../../actions/plan-deed.ts';
import type { Wish } from '../../actions/plan-refusals.ts';
import type { Deed } from '../../kinds/deed.ts';
import { explain } from '../../model/explain.ts';
import type { NetworkState } from '../../model/health.ts';
import type { Service } from '../../model/inventory.ts';
import { offerName } from '../../outputs/offers-text.ts';
import type { Choice } from '../../tui/action-view.ts';
import type { OpenNetwork } from '../open-network.ts';

/** A choice, and what is wanted with it. */
export interface MenuItem extends Choice {
  readonly wish: Wish;
}

/** What can be done to services as they were last seen, and why nothing can. */
export interface Menu {
  readonly items: readonly MenuItem[];
  readonly lines: readonly string[];
}

/**
 * What their managers can do to services: for several what one of them allows, each of which is planned
 * for itself. What can be done comes first.
 */
export function menuOf(
  services: readonly Service[],
  { network, transports }: OpenNetwork,
  state: NetworkState,
): Menu {
  const nowMs = transports.clock.now();
  const { hostname } = transports;
  const ground = { report: explain(network, state, nowMs), file: null, nowMs, hostname };
  const offers = services.map((service) => offersOf(network, service, ground));
  const deeds = offers.flatMap((one) => one.deeds);
  const wanted = services.length > 1 ? deeds.filter(({ object }) => object === null) : deeds;
  const byName = Map.groupBy(wanted, ({ verb, object }) => offerName({ action: verb, object }));
  const items = [...byName].map(([name, same]) => itemOf(name, same));
  const able = items.filter(({ why }) => why === null);
  return {
    items: [...able, ...items.filter((item) => !able.includes(item))],
    lines: whyLines(offers),
  };
}

function itemOf(name: string, same: readonly Deed[]): MenuItem {
  const [deed = undefined] = [...same.filter((one) => whyNot(one) === null), ...same];
  if (!deed) throw new Error(`nothing is called ${name}`);
  const { verb, object, risk } = deed;
  return { name, risk, why: whyNot(deed), wish: { verb, object } };
}

function whyNot({ refusal, needless }: Deed): string | null {
  return refusal?.message ?? needless;
}

function whyLines(offers: readonly Offers[]): readonly string[] {
  const found = offers.flatMap(({ why }) => why ?? []);
  return found.flatMap(({ message, hint }) => [message, `→ ${hint}`]);
}
