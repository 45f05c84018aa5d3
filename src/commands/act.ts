import { UserError } from '../model/errors.ts';
import { emptyNetworkState } from '../model/health.ts';
import type { Acted, Refusal } from '../model/plan.ts';
import { isRunVerb, type Verb } from '../model/verb.ts';
import { envelope } from '../outputs/envelope.ts';
import { nextOfActed } from '../outputs/next-of-acted.ts';
import { actedText, lookText, planText, stepText } from '../outputs/plan-text.ts';
import { actorOf } from './acting/actor.ts';
import { carryOut, refusedBy } from './acting/carry-out.ts';
import { confirm } from './acting/confirm.ts';
import { prepareAgain } from './acting/prepare-again.ts';
import type { ActGround, Prepared } from './acting/prepared.ts';
import { preparersOf } from './acting/preparers.ts';
import { wishOf } from './acting/wish-of.ts';
import { type Command, type Context, headOf, sameNetwork } from './context.ts';
import { knownBefore, refreshCockpit } from './one-state/ask-cockpit.ts';
import { type OpenNetwork, openNetwork } from './open-network.ts';
import { pick } from './pick.ts';

/**
 * The command of a verb: it does that to services or functions one after another, up to the first that
 * fails. A plan, a yes, the steps, and the proof; exits with 0 only when each was verified.
 */
export function acting(verb: Verb): Command {
  return async (context) => {
    const { ids, wish } = wishOf(verb, context);
    const open = await openNetwork(context);
    try {
      const ground = groundOf(open, context);
      const wanted = preparersOf(open, wish, isRunVerb(verb) ? ids : servicesOf(open, verb, ids));
      const known = (await knownBefore(open, context)) ?? emptyNetworkState;
      const acted: Acted[] = [];
      for (const { prepare } of wanted) {
        const prepared = await prepare(known, ground);
        // What was not looked at to its end is no reason to refuse anything.
        if (context.signal.aborted) break;
        const one = await planAndAct(prepared, { ground, context });
        acted.push(one);
        if (one.outcome === 'failed' || one.outcome === 'refused') break;
      }
      await tell(context, { verb, acted, wanted: wanted.map(({ id }) => id) });
      return context.signal.aborted ? 130 : exitCodeOf(acted);
    } finally {
      await open.transports.close();
    }
  };
}

interface Acting {
  readonly ground: ActGround;
  readonly context: Context;
}

async function planAndAct(prepared: Prepared, { ground, context }: Acting): Promise<Acted> {
  const { plan } = prepared;
  const { dryRun, json } = context.options;
  if (!json) await context.write(planText(plan));
  const acted = await actOn(prepared, { ground, context });
  if (!json && !dryRun) await context.write(actedText(acted, { told: plan.refusals }));
  return acted;
}

async function actOn(prepared: Prepared, { ground, context }: Acting): Promise<Acted> {
  const { plan, checks } = prepared;
  const { dryRun, readOnly } = context.options;
  if (dryRun) return { plan, outcome: 'planned', receipt: null, steps: [] };
  if (readOnly) return refusedBy(plan, [readOnlyRefusal, ...plan.refusals]);
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
  if (acted.steps.length > 0 && !context.signal.aborted)
    await refreshCockpit(ground.open, checks, context);
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

function servicesOf({ network }: OpenNetwork, verb: Verb, ids: readonly string[]) {
  const picked = pick(network, ids);
  const [host] = picked?.hosts ?? [];
  if (host === undefined) return [...(picked?.services ?? [])];
  throw new UserError(`${host} is a host, and ${verb} is done to services`, {
    hint: `joelclaw services names those of ${host}`,
  });
}

/** 0 done · 1 failed · 2 refused · 5 held by another. */
function exitCodeOf(acted: readonly Acted[]): number {
  const last = acted.at(-1);
  if (last?.outcome === 'failed') return 1;
  if (last?.outcome !== 'refused') return 0;
  return last.plan.refusals.some(({ code }) => code === 'LOCKED') ? 5 : 2;
}

interface Told {
  readonly verb: Verb;
  readonly acted: readonly Acted[];
  readonly wanted: readonly string[];
}

async function tell(context: Context, { verb, acted, wanted }: Told): Promise<void> {
  const { json } = context.options;
  const left = wanted.slice(acted.length);
  if (!json) {
    if (left.length > 0) await context.write(`not tried: ${left.join(', ')}\n`);
    return;
  }
  const ok = exitCodeOf(acted) === 0 && left.length === 0;
  const [first] = acted;
  const result = wanted.length === 1 ? first : { items: acted, notTried: left };
  const nextActions = acted.flatMap((one) => nextOfActed(one, sameNetwork(context)));
  const answer = { schema: `joelclaw.${verb}/v1`, ok, result, nextActions };
  await context.write(envelope(headOf(context, verb), answer));
}
