import { inActingOrder } from '../actions/blast-radius.ts';
import type { Wish } from '../actions/plan-refusals.ts';
import { UserError } from '../model/errors.ts';
import { emptyNetworkState, type NetworkState } from '../model/health.ts';
import type { Service } from '../model/inventory.ts';
import type { Acted, Refusal } from '../model/plan.ts';
import type { UnitVerb } from '../model/verb.ts';
import { envelope } from '../outputs/envelope.ts';
import { actedText, lookText, planText, stepText } from '../outputs/plan-text.ts';
import { actorOf } from './acting/actor.ts';
import { carryOut, refusedBy } from './acting/carry-out.ts';
import { confirm } from './acting/confirm.ts';
import { prepareAgain } from './acting/prepare-again.ts';
import { type ActGround, type Prepared, prepareDeed, wantedChecks } from './acting/prepare-deed.ts';
import { type Command, type Context, headOf, sameNetwork } from './context.ts';
import { knownBefore, refreshCockpit } from './one-state/ask-cockpit.ts';
import { openNetwork } from './open-network.ts';
import { pick } from './pick.ts';

/**
 * The command of a verb: it does that to services one after another, up to the first that fails. A plan,
 * a yes, the steps, and the proof; exits with 0 only when each was verified.
 */
export function acting(verb: UnitVerb): Command {
  return async (context) => {
    const open = await openNetwork(context);
    try {
      const ground = groundOf(open, context);
      const { ids, object } = wordsOf(verb, context);
      const services = servicesOf(ground, { verb, ids });
      const known = (await knownBefore(open, context)) ?? emptyNetworkState;
      const acted: Acted[] = [];
      for (const service of services) {
        const one = await actOnService({ service, wish: { verb, object } }, known, {
          ground,
          context,
        });
        acted.push(one);
        if (one.outcome === 'failed' || one.outcome === 'refused') break;
      }
      await tell(context, { verb, acted, services });
      return context.signal.aborted ? 130 : exitCodeOf(acted);
    } finally {
      await open.transports.close();
    }
  };
}

/** A pod is named after its service; else all words are services. */
function wordsOf(verb: UnitVerb, { options }: Context) {
  const [, ...ids] = options.words;
  if (ids.length === 0) {
    throw new UserError('which service?', { hint: `joelclaw ${verb} HOST/SERVICE` });
  }
  if (verb !== 'delete-pod') return { ids, object: null };
  const [id = '', object = null] = ids;
  return { ids: [id], object };
}

interface Acting {
  readonly ground: ActGround;
  readonly context: Context;
}

async function actOnService(
  wanted: { readonly service: Service; readonly wish: Wish },
  known: NetworkState,
  { ground, context }: Acting,
): Promise<Acted> {
  const prepared = await prepareDeed(wanted, known, ground);
  const { plan } = prepared.planned;
  const { dryRun, json } = context.options;
  if (!json) await context.write(planText(plan));
  const acted = await actOn(prepared, { ground, context });
  if (!json && !dryRun) await context.write(actedText(acted, plan.refusals));
  return acted;
}

async function actOn(prepared: Prepared, { ground, context }: Acting): Promise<Acted> {
  const { service, planned } = prepared;
  const { plan } = planned;
  const { dryRun, readOnly } = context.options;
  if (dryRun) return { plan, outcome: 'planned', receipt: null, steps: [] };
  if (readOnly) return refusedBy(plan, [readOnlyRefusal]);
  const standing = plan.refusals.filter(({ canForce }) => !(canForce && ground.force));
  if (standing.length > 0) return refusedBy(plan, standing);
  const isAsked = plan.needless === null;
  const no = isAsked ? await confirm(plan, context) : null;
  if (no) return refusedBy(plan, [no]);
  const wasAsked = isAsked && !context.options.yes;
  const agreed = wasAsked ? await prepareAgain(prepared, ground) : prepared;
  if ('code' in agreed) return refusedBy(plan, [agreed]);
  const acted = await carryOut(agreed, ground);
  // Who asks a running cockpit from now on is told what has become of it.
  const touched = wantedChecks(ground.open.network, service).checks.map(({ id }) => id);
  if (acted.steps.length > 0 && !context.signal.aborted)
    await refreshCockpit(ground.open, touched, context);
  return acted;
}

const readOnlyRefusal: Refusal = {
  code: 'READ_ONLY',
  message: 'this is --read-only',
  hint: 'leave that out',
  canForce: false,
};

function groundOf(open: ActGround['open'], context: Context): ActGround {
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
    onLook: (seen, good) => tell(lookText(seen, good)),
  };
}

function servicesOf(
  { open }: ActGround,
  { verb, ids }: { readonly verb: UnitVerb; readonly ids: readonly string[] },
): readonly Service[] {
  const { inventory } = open.network;
  const picked = pick(open.network, ids);
  const [host] = picked?.hosts ?? [];
  if (host !== undefined) {
    throw new UserError(`${host} is a host, and ${verb} is done to services`, {
      hint: `joelclaw services names those of ${host}`,
    });
  }
  return inActingOrder(inventory, verb, picked?.services ?? []);
}

/** 0 done · 1 failed · 2 refused · 5 held by another. */
function exitCodeOf(acted: readonly Acted[]): number {
  const last = acted.at(-1);
  if (last?.outcome === 'failed') return 1;
  if (last?.outcome !== 'refused') return 0;
  return last.plan.refusals.some(({ code }) => code === 'LOCKED') ? 5 : 2;
}

interface Told {
  readonly verb: UnitVerb;
  readonly acted: readonly Acted[];
  readonly services: readonly Service[];
}

async function tell(context: Context, { verb, acted, services }: Told): Promise<void> {
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
  const answer = { schema: `joelclaw.${verb}/v1`, ok, result, nextActions };
  await context.write(envelope(headOf(context, verb), answer));
}

function nextOf({ plan, outcome, receipt }: Acted, where: string) {
  const { action, service, object } = plan;
  const command = `joelclaw ${[action, service, ...(object === null ? [] : [object])].join(' ')}`;
  const force = plan.refusals.some(({ canForce }) => canForce) ? ' --force' : '';
  if (outcome === 'planned' || outcome === 'refused') {
    const description = plan.refusals.map(({ message, hint }) => `${message} (${hint})`).join('; ');
    return [
      { command: `${command} --yes${force} --json${where}`, description: description || 'do it' },
    ];
  }
  const description = receipt?.note ?? 'a step failed';
  if (outcome !== 'failed') return [];
  return [{ command: `joelclaw status ${service} --json${where}`, description }];
}
