import { type Offers, offersOf } from '../actions/plan-deed.ts';
import type { Deed } from '../kinds/deed.ts';
import { UserError } from '../model/errors.ts';
import { explain } from '../model/explain.ts';
import { emptyNetworkState } from '../model/health.ts';
import type { Service } from '../model/inventory.ts';
import { envelope } from '../outputs/envelope.ts';
import { type OfferedDeed, offersText } from '../outputs/offers-text.ts';
import { check } from '../watch/sample.ts';
import { wantedChecks } from './acting/prepare-deed.ts';
import { type Command, type Context, headOf, sameNetwork } from './context.ts';
import { knownBefore } from './one-state/ask-cockpit.ts';
import { type OpenNetwork, openNetwork } from './open-network.ts';
import { pick } from './pick.ts';

/** What can be done to a service's unit in the state that it is in, from one look at it. */
export const actions: Command = async (context) => {
  const open = await openNetwork(context);
  try {
    const service = serviceOf(open, context.options.words[1]);
    const { deeds, why } = await lookAt(service, open, context);
    const offers = deeds.map(offerOf);
    if (context.options.json) {
      const manager = service.manager.kind;
      const result = { service: service.id, manager, actions: offers, why: why?.message ?? null };
      const nextActions = offers
        .filter(({ why }) => why === null)
        .map(({ action, object }) => ({
          command: `joelclaw ${[action, service.id, ...(object ? [object] : [])].join(' ')} --dry-run --json${sameNetwork(context)}`,
          description: `the plan of ${action}`,
        }));
      const answer = { schema: 'joelclaw.actions/v1', ok: true, result, nextActions };
      await context.write(envelope(headOf(context, 'actions'), answer));
    } else await context.write(offersText(service.id, offers, why));
    return 0;
  } finally {
    await open.transports.close();
  }
};

function serviceOf({ network }: OpenNetwork, id: string | undefined): Service {
  if (id === undefined) {
    throw new UserError('which service?', { hint: 'joelclaw actions HOST/SERVICE' });
  }
  const [found] = pick(network, [id])?.services ?? [];
  const service = network.inventory.services.find((one) => one.id === found);
  if (service) return service;
  throw new UserError(`${id} is a host, and actions are done to services`, {
    hint: `joelclaw services names those of ${id}`,
  });
}

async function lookAt(service: Service, open: OpenNetwork, context: Context): Promise<Offers> {
  const { network, transports } = open;
  const previous = (await knownBefore(open, context)) ?? emptyNetworkState;
  const wanted = wantedChecks(network, service);
  const state = await check(wanted, transports, { previous, signal: context.signal });
  const report = explain(network, state, transports.clock.now());
  const { clock, hostname } = transports;
  return offersOf(network, service, { report, file: null, nowMs: clock.now(), hostname });
}

function offerOf({ verb, object, risk, refusal, needless }: Deed): OfferedDeed {
  return { action: verb, object, risk, why: refusal?.message ?? needless };
}
