import type { Rights } from '../../actions/needs-root.ts';
import { offersOf } from '../../actions/plan-deed.ts';
import type { Wish } from '../../actions/plan-refusals.ts';
import { functionSeen } from '../../actions/plan-run-deed.ts';
import { runDeeds } from '../../actions/run-deeds.ts';
import { explain } from '../../model/explain.ts';
import type { NetworkState } from '../../model/health.ts';
import type { Refusal } from '../../model/plan.ts';
import { type Offer, offerName, offerOf } from '../../outputs/offers-text.ts';
import type { Choice } from '../../tui/action-view.ts';
import type { ActedOn } from '../../tui/intent.ts';
import type { OpenNetwork } from '../open-network.ts';
import { askRights } from './ask-rights.ts';
import { menuOfFiles } from './menu-of-files.ts';

/** A choice, and what is wanted with it. */
interface MenuItem extends Choice {
  /** Null of files, whose verbs are all that there is to wish. */
  readonly wish: Wish | null;
}

/** What can be done to services as they were last seen, and why nothing can. */
export interface Menu {
  readonly items: readonly MenuItem[];
  readonly lines: readonly string[];
}

/** What is to be acted on. */
export interface Chosen {
  readonly of: ActedOn;
  readonly ids: readonly string[];
}

/**
 * What can be done to services or functions: for several what one of them allows, each of which is
 * planned for itself. What can be done comes first.
 */
export function menuOf(
  { of, ids }: Chosen,
  open: OpenNetwork,
  { state, rights }: { readonly state: NetworkState; readonly rights: KnownRights },
): Menu {
  const { network, transports } = open;
  const nowMs = transports.clock.now();
  const report = explain(network, state, nowMs);
  if (of === 'functions') {
    const seen = ids.flatMap((id) => functionSeen(network, report, id) ?? []);
    return menuFrom(seen.map((one) => ({ deeds: runDeeds(one), why: null })));
  }
  if (of === 'files') {
    const files = report.drift.items.filter(({ id }) => ids.includes(id));
    return { items: menuOfFiles(files).map((one) => ({ ...one, wish: null })), lines: [] };
  }
  const { hostname } = transports;
  const ground = { report, nowMs, hostname };
  return menuFrom(
    servicesIn(network, ids).map((one) =>
      offersOf(network, one, { ...ground, rights: rights.get(one.id) ?? null }),
    ),
  );
}

/** By service: as whom it is acted on, as far as that was asked. */
export type KnownRights = ReadonlyMap<string, Rights | null>;

export async function askRightsOf(
  { of, ids }: Chosen,
  open: OpenNetwork,
  signal: AbortSignal,
): Promise<KnownRights> {
  const services = of === 'services' ? servicesIn(open.network, ids) : [];
  const asked = services.map(async (one) => [one.id, await askRights(one, open, signal)] as const);
  return new Map(await Promise.all(asked));
}

function servicesIn({ inventory }: OpenNetwork['network'], ids: readonly string[]) {
  return inventory.services.filter(({ id }) => ids.includes(id));
}

interface Offered {
  readonly deeds: readonly Offer[];
  readonly why: Refusal | null;
}

function menuFrom(offers: readonly Offered[]): Menu {
  const deeds = offers.flatMap((one) => one.deeds);
  const wanted = offers.length > 1 ? deeds.filter(({ object }) => object === null) : deeds;
  const byName = Map.groupBy(wanted, ({ verb, object }) => offerName({ action: verb, object }));
  const items = [...byName].map(([name, same]) => itemOf(name, same));
  const able = items.filter(({ why }) => why === null);
  const others = items.filter((item) => !able.includes(item));
  return { items: [...able, ...others], lines: whyLines(offers) };
}

function itemOf(name: string, same: readonly Offer[]): MenuItem {
  const [deed = undefined] = [...same.filter((one) => whyNot(one) === null), ...same];
  if (!deed) throw new Error(`nothing is called ${name}`);
  const { verb, object, risk } = deed;
  return { name, risk, why: whyNot(deed), wish: { verb, object } };
}

function whyNot(offer: Offer): string | null {
  return offerOf(offer).why;
}

function whyLines(offers: readonly Offered[]): readonly string[] {
  const found = offers.flatMap(({ why }) => why ?? []);
  return found.flatMap(({ message, hint }) => [message, `→ ${hint}`]);
}
