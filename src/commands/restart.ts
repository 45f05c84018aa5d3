import { createInterface } from 'node:readline/promises';
import { inDependencyOrder } from '../actions/blast-radius.ts';
import { UserError } from '../model/errors.ts';
import { emptyNetworkState, type NetworkState } from '../model/health.ts';
import type { Service } from '../model/inventory.ts';
import type { Acted, Refusal } from '../model/plan.ts';
import { envelope } from '../outputs/envelope.ts';
import { actedText, planText, stepText } from '../outputs/plan-text.ts';
import { actorOf } from './acting/actor.ts';
import { carryOut, refusedBy } from './acting/carry-out.ts';
import { prepareAgain } from './acting/prepare-again.ts';
import {
  type Prepared,
  prepareRestart,
  type RestartGround,
  wantedChecks,
} from './acting/prepare-restart.ts';
import { type Command, type Context, headOf, sameNetwork } from './context.ts';
import { knownBefore, refreshCockpit } from './one-state/ask-cockpit.ts';
import { openNetwork } from './open-network.ts';
import { pick } from './pick.ts';

/**
 * Restarts services one after another, what others stand on first, up to the first that fails: a plan,
 * a yes, the steps, and the proof. Exits with 0 only when each was verified.
 */
export const restart: Command = async (context) => {
  const [, ...ids] = context.options.words;
  if (ids.length === 0) {
    throw new UserError('which service?', { hint: 'joelclaw restart HOST/SERVICE' });
  }
  const open = await openNetwork(context);
  try {
    const ground = groundOf(open, context);
    const services = servicesOf(ground, ids);
    const known = (await knownBefore(open, context)) ?? emptyNetworkState;
    const acted: Acted[] = [];
    for (const service of services) {
      const one = await restartService(service, known, { ground, context });
      acted.push(one);
      if (one.outcome === 'failed' || one.outcome === 'refused') break;
    }
    await tell(context, acted, services);
    return context.signal.aborted ? 130 : exitCodeOf(acted);
  } finally {
    await open.transports.close();
  }
};

interface Restarting {
  readonly ground: RestartGround;
  readonly context: Context;
}

async function restartService(
  service: Service,
  known: NetworkState,
  { ground, context }: Restarting,
): Promise<Acted> {
  const prepared = await prepareRestart(service, known, ground);
  const { plan } = prepared.planned;
  const { dryRun, json } = context.options;
  if (!json) await context.write(planText(plan));
  const acted = await actOn(prepared, { ground, context });
  if (!json && !dryRun) await context.write(actedText(acted, plan.refusals));
  return acted;
}

async function actOn(prepared: Prepared, { ground, context }: Restarting): Promise<Acted> {
  const { service, planned } = prepared;
  const { plan } = planned;
  const { dryRun, readOnly } = context.options;
  if (dryRun) return { plan, outcome: 'planned', receipt: null, steps: [] };
  if (readOnly) return refusedBy(plan, [readOnlyRefusal]);
  const standing = plan.refusals.filter(({ canForce }) => !(canForce && ground.force));
  if (standing.length > 0) return refusedBy(plan, standing);
  const agreed = await confirmed(prepared, { ground, context });
  if ('code' in agreed) return refusedBy(plan, [agreed]);
  const acted = await carryOut(agreed, ground);
  // Who asks a running cockpit from now on is told what has become of it.
  const touched = wantedChecks(ground.open.network, service).checks.map(({ id }) => id);
  if (acted.steps.length > 0 && !context.signal.aborted)
    await refreshCockpit(ground.open, touched, context);
  return acted;
}

async function confirmed(
  prepared: Prepared,
  { ground, context }: Restarting,
): Promise<Prepared | Refusal> {
  if (context.options.yes) return prepared;
  if (!context.isTty || context.options.json) return unconfirmed('nobody was asked');
  if (!(await asks(`restart ${prepared.service.id}?`, context)))
    return unconfirmed('it was not confirmed');
  return prepareAgain(prepared, ground);
}

async function asks(question: string, { signal }: Context): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await lines.question(`${question} [y/N] `, { signal })).trim());
  } catch {
    return false;
  } finally {
    lines.close();
  }
}

function unconfirmed(message: string): Refusal {
  return { code: 'CONFIRMATION_REQUIRED', message, hint: 'add --yes', canForce: false };
}

const readOnlyRefusal: Refusal = {
  code: 'READ_ONLY',
  message: 'this is --read-only',
  hint: 'leave that out',
  canForce: false,
};

function groundOf(open: RestartGround['open'], context: Context): RestartGround {
  const { force, timeoutMs, timeoutIsGiven, json } = context.options;
  let last = '';
  const tell = (line: string): void => {
    if (!json && line !== last) process.stderr.write(`  ${line}\n`);
    last = line;
  };
  return {
    ...{ open, force, actor: actorOf(context), signal: context.signal, warn: context.warn },
    verifyMs: timeoutIsGiven ? timeoutMs : null,
    onStep: (result) => tell(stepText(result)),
    onLook: ({ state, note }, good) => tell(`${good > 0 ? '✓' : '·'} ${state}: ${note}`),
  };
}

function servicesOf({ open }: RestartGround, ids: readonly string[]): readonly Service[] {
  const { inventory } = open.network;
  const picked = pick(open.network, ids);
  const [host] = picked?.hosts ?? [];
  if (host !== undefined) {
    throw new UserError(`${host} is a host: a service is restarted, not a host`, {
      hint: `joelclaw services names those of ${host}`,
    });
  }
  return inDependencyOrder(inventory, picked?.services ?? []);
}

/** 0 done · 1 failed · 2 refused · 5 held by another. */
function exitCodeOf(acted: readonly Acted[]): number {
  const last = acted.at(-1);
  if (last?.outcome === 'failed') return 1;
  if (last?.outcome !== 'refused') return 0;
  return last.plan.refusals.some(({ code }) => code === 'LOCKED') ? 5 : 2;
}

async function tell(
  context: Context,
  acted: readonly Acted[],
  services: readonly Service[],
): Promise<void> {
  const { json } = context.options;
  const left = services.slice(acted.length).map(({ id }) => id);
  if (!json) {
    if (left.length > 0) await context.write(`not tried: ${left.join(', ')}\n`);
    return;
  }
  const ok = exitCodeOf(acted) === 0 && left.length === 0;
  const [first] = acted;
  const result = services.length === 1 ? first : { items: acted, notTried: left };
  const nextActions = acted.flatMap((one) => nextOf(one, sameNetwork(context)));
  const answer = { schema: 'joelclaw.restart/v1', ok, result, nextActions };
  await context.write(envelope(headOf(context, 'restart'), answer));
}

function nextOf({ plan, outcome, receipt }: Acted, where: string) {
  const command = `joelclaw restart ${plan.service}`;
  const force = plan.refusals.some(({ canForce }) => canForce) ? ' --force' : '';
  if (outcome === 'planned' || outcome === 'refused') {
    const description = plan.refusals.map(({ message, hint }) => `${message} (${hint})`).join('; ');
    return [
      { command: `${command} --yes${force} --json${where}`, description: description || 'do it' },
    ];
  }
  const description = receipt?.note ?? 'a step failed';
  if (outcome !== 'failed') return [];
  return [{ command: `joelclaw status ${plan.service} --json${where}`, description }];
}
