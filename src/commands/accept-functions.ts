import type { BoundCheck } from '../kinds/contract.ts';
import { acceptFunctions } from '../kinds/inngest/accept.ts';
import type { Network } from '../model/check.ts';
import { UserError } from '../model/errors.ts';
import { functionsKind } from '../model/explain-functions.ts';
import { emptyNetworkState, type Health, type NetworkState } from '../model/health.ts';
import type { JsonObject } from '../model/json.ts';
import { withFacts } from '../model/with-facts.ts';
import { type AcceptedServer, acceptedJson, acceptedText } from '../outputs/accepted.ts';
import { envelope } from '../outputs/envelope.ts';
import { check } from '../watch/sample.ts';
import { type Command, type Context, headOf } from './context.ts';
import { saveLastKnown } from './last-known-file.ts';
import { takePollLock } from './lock.ts';
import { acceptInCockpit, knownBefore } from './one-state/ask-cockpit.ts';
import { type OpenNetwork, openNetwork } from './open-network.ts';
import { interrupted } from './take-sample.ts';

/**
 * `functions accept`: what a fresh sample finds registered is from now on what is expected. All of
 * the servers or none: one that cannot be asked stops it. `--dry-run` only tells.
 */
export const acceptRegistered: Command = async (context) => {
  const open = await openNetwork(context);
  try {
    const lastKnown = await knownBefore(open, context);
    const network = onlyFunctions(open.network);
    const sample = sampler(open, context);
    const seen = await sample(network, lastKnown ?? emptyNetworkState);
    const servers = network.checks.map((one) => acceptOne(open, one, seen.health[one.id]));
    refuseIfDecided(servers);
    if (!context.options.dryRun) {
      const lock = await takePollLock(open.stateFolder).catch(({ code }: NodeJS.ErrnoException) =>
        unkept(`the last known state could not be kept (${code}): ${open.stateFolder}`),
      );
      try {
        // The next sample is taken at once: what is kept is what it says.
        if (lock) await keep(open, await sample(network, withFacts(seen, factsOf(servers))));
        else await handOver(open, servers, context);
      } finally {
        lock?.release();
      }
    }
    await tell(context, servers);
    return 0;
  } finally {
    await open.transports.close();
  }
};

interface Server extends AcceptedServer {
  readonly check: string;
  readonly health: Health;
}

function onlyFunctions(network: Network<BoundCheck>): Network<BoundCheck> {
  const checks = network.checks.filter(({ kind }) => kind === functionsKind);
  if (checks.length > 0) return { ...network, checks };
  throw refused('the inventory names no Inngest server', {
    code: 'NOTHING_TO_ACCEPT',
    hint: 'declare one under `inngest`',
  });
}

function sampler({ transports }: OpenNetwork, context: Context) {
  const deadline = AbortSignal.timeout(context.options.timeoutMs);
  const signal = AbortSignal.any([deadline, context.signal]);
  return async (network: Network<BoundCheck>, previous: NetworkState): Promise<NetworkState> => {
    const state = await check(network, transports, { previous, signal });
    if (context.signal.aborted) throw interrupted();
    return state;
  };
}

/** A server that cannot be asked, or that has no app, shows nothing that could be accepted. */
function acceptOne(
  { network }: OpenNetwork,
  { id, name: server }: BoundCheck,
  health: Health | undefined,
): Server {
  const registered = health?.facts['registered'];
  if (!health || health.fault || typeof registered !== 'number' || registered === 0) {
    throw refused(`nothing was accepted: ${server}: ${health?.note ?? 'not measured'}`, {
      code: 'NOT_MEASURED',
      hint: health?.fault?.hint ?? 'look at `joelclaw functions` first',
    });
  }
  const declared = network.inventory.inngest.find(({ name }) => name === server);
  const decidedBy = declared?.expect ? 'inventory' : 'last-seen';
  const { facts, ...accepted } = acceptFunctions(health.facts, decidedBy === 'last-seen');
  return { check: id, server, decidedBy, registered, ...accepted, health: { ...health, facts } };
}

/** Nothing to do, and somebody else decides: that is no success. */
function refuseIfDecided(servers: readonly Server[]): void {
  const decided = servers.every(
    ({ decidedBy, triggers }) => decidedBy === 'inventory' && triggers.length === 0,
  );
  if (!decided) return;
  const names = servers.map(({ server }) => server).join(', ');
  throw refused(`the inventory decides what is expected of ${names}`, {
    code: 'INVENTORY_DECIDES',
    hint: 'change `expect` in inventory.yaml, or leave it out so that the last seen set stands for it',
  });
}

/** What each server's check goes on from. */
function factsOf(servers: readonly Server[]): Readonly<Record<string, JsonObject>> {
  return Object.fromEntries(servers.map(({ check: id, health }) => [id, health.facts]));
}

async function keep(open: OpenNetwork, state: NetworkState): Promise<void> {
  await saveLastKnown(open, state, { warn: unkept });
}

function unkept(why: string): never {
  throw refused(why, { code: 'NOT_KEPT', hint: 'nothing was accepted: look at the disk' });
}

/** Whoever polls keeps what is known: it goes on from what was accepted. */
async function handOver(
  open: OpenNetwork,
  servers: readonly Server[],
  context: Context,
): Promise<void> {
  if (await acceptInCockpit(open, factsOf(servers), context)) return;
  throw refused('nothing was accepted: another joelclaw polls this network and does not take it', {
    code: 'NOT_KEPT',
    hint: 'end that cockpit or --watch, and accept once more',
  });
}

async function tell(context: Context, servers: readonly AcceptedServer[]): Promise<void> {
  const { json, dryRun } = context.options;
  if (!json) return context.write(acceptedText(servers, dryRun));
  const result = { dryRun, servers: servers.map(acceptedJson) };
  const answer = { schema: 'joelclaw.functions-accept/v1', ok: true, result };
  await context.write(envelope(headOf(context, 'functions accept'), answer));
}

function refused(message: string, more: { code: string; hint: string }): UserError {
  return new UserError(message, { ...more, exitCode: 1 });
}
