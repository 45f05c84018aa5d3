import { offersOf } from '../actions/plan-deed.ts';
import { functionSeen } from '../actions/plan-run-deed.ts';
import { runDeeds } from '../actions/run-deeds.ts';
import { UserError } from '../model/errors.ts';
import { explain } from '../model/explain.ts';
import { functionsKind } from '../model/explain-functions.ts';
import { emptyNetworkState } from '../model/health.ts';
import type { Refusal } from '../model/plan.ts';
import { envelope } from '../outputs/envelope.ts';
import {
  deedCommand,
  type Offer,
  type OfferedDeed,
  offerOf,
  offersText,
} from '../outputs/offers-text.ts';
import { check } from '../watch/sample.ts';
import { askRights } from './acting/ask-rights.ts';
import { wantedChecks } from './acting/seen-deed.ts';
import { unknownFunction } from './acting/unknown-function.ts';
import { type Command, type Context, headOf, sameNetwork } from './context.ts';
import { knownBefore } from './one-state/ask-cockpit.ts';
import { type OpenNetwork, openNetwork } from './open-network.ts';

/** What can be done to a service's unit, or to a function, in its state: from one look at it. */
export const actions: Command = async (context) => {
  const [, id] = context.options.words;
  if (id === undefined) {
    throw new UserError('which service or function?', { hint: 'joelclaw actions HOST/SERVICE' });
  }
  const open = await openNetwork(context);
  try {
    const { deeds, why, ...of } = await lookAt(id, open, context);
    const offers = deeds.map(offerOf);
    if (context.options.json) {
      const result = { ...of, actions: offers, why: why?.message ?? null };
      const nextActions = offers
        .filter((one) => one.why === null)
        .map((one) => nextOf(of.service, one, context));
      const answer = { schema: 'joelclaw.actions/v1', ok: true, result, nextActions };
      await context.write(envelope(headOf(context, 'actions'), answer));
    } else await context.write(offersText(of.service, offers, why));
    return 0;
  } finally {
    await open.transports.close();
  }
};

interface Found {
  /** The service's id, or the function's name. */
  readonly service: string;
  readonly manager: string;
  readonly deeds: readonly Offer[];
  /** What is in the way of all of them. */
  readonly why: Refusal | null;
}

async function lookAt(id: string, open: OpenNetwork, context: Context): Promise<Found> {
  const { network, transports } = open;
  const { inventory } = network;
  const named = inventory.services.filter((one) => one.id === id || one.name === id);
  const [service] = named.length === 1 ? named : [];
  if (inventory.hosts.some(({ name }) => name === id)) {
    throw new UserError(`${id} is a host, and actions are done to services`, {
      hint: `joelclaw services names those of ${id}`,
    });
  }
  const previous = (await knownBefore(open, context)) ?? emptyNetworkState;
  const servers = network.checks.filter(({ kind }) => kind === functionsKind);
  const wanted = service ? wantedChecks(network, service) : { ...network, checks: servers };
  const state = await check(wanted, transports, { previous, signal: context.signal });
  const nowMs = transports.clock.now();
  const report = explain(network, state, nowMs);
  if (service) {
    const { hostname } = transports;
    const rights = await askRights(service, open, context.signal);
    const found = offersOf(network, service, { report, nowMs, hostname, rights });
    return { service: service.id, manager: service.manager.kind, ...found };
  }
  const seen = functionSeen(network, report, id);
  if (!seen) {
    const known = inventory.services.flatMap((one) => [one.id, one.name]);
    throw unknownFunction(id, report, { what: 'service, function or app', known, silentExit: 1 });
  }
  const name = seen.item?.name ?? seen.app.app ?? seen.server.name;
  return { service: name, manager: 'inngest', deeds: runDeeds(seen), why: null };
}

function nextOf(id: string, offer: OfferedDeed, context: Context) {
  return {
    command: `${deedCommand(id, offer)} --dry-run --json${sameNetwork(context)}`,
    description: `the plan of ${offer.action}`,
  };
}
