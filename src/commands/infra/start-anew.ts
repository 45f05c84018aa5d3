import { commandText } from '../../actions/command-text.ts';
import { type Anew, anewDeeds } from '../../actions/infra/anew-deeds.ts';
import type { Wish } from '../../actions/plan-refusals.ts';
import { emptyNetworkState } from '../../model/health.ts';
import type { Host, Service } from '../../model/inventory.ts';
import type { Plan, Refusal } from '../../model/plan.ts';
import { carryOut } from '../acting/carry-out.ts';
import { prepareDeed } from '../acting/prepare-deed.ts';
import type { ActGround, Prepared } from '../acting/prepared.ts';
import { runOn } from './run-on.ts';

/**
 * What became of a service; `words` are why it is not well, or how it was proved. `unread` is of one
 * that runs with the old, or does not run.
 */
export interface Served {
  readonly state: 'done' | 'failed' | 'refused' | 'unread';
  readonly words: string;
}

/** A crash loop answers between two crashes: one good look, or its minimum runtime alone, proves little. */
const gate = { samples: 3, moreMs: 2000 };

/** Has a service's manager read its file, and starts it anew with the proof of any restart. */
export async function startAnew(service: Service, anew: Anew, act: ActGround): Promise<Served> {
  const { reads, wishes } = anewDeeds(service, anew);
  const read = reads.length > 0 ? await runOn(service.host, reads, act) : null;
  if (read !== null) return { state: 'failed', words: read };
  for (const wish of wishes.slice(0, -1)) {
    const before = await deed(service, wish, act);
    if (before.state === 'failed') return before;
  }
  return deed(service, wishes.at(-1) as Wish, { ...act, gate });
}

/** What of it would be run, as one plan, by how the service is now: of its own programs only reading ones run. */
export async function planAnew(service: Service, anew: Anew, act: ActGround): Promise<Plan> {
  const { network } = act.open;
  const { hosts, clusters } = network.inventory;
  const host = hosts.find(({ name }) => name === service.host) as Host;
  const { reads, wishes } = anewDeeds(service, anew);
  const plans: Plan[] = [];
  for (const wish of wishes) {
    plans.push((await prepareDeed({ service, wish }, emptyNetworkState, act)).plan);
  }
  const last = plans.at(-1) as Plan;
  const isUnknown = last.refusals.some(({ code }) => code === 'NOT_FOUND');
  const unknown = 'what starts it is known once its unit is there';
  return {
    ...last,
    steps: [...reads, ...plans.flatMap(({ steps }) => steps)],
    commands: [
      ...reads.map((step) => commandText(step, { host, clusters })),
      ...plans.flatMap(({ commands }) => commands),
    ],
    warnings: [...last.warnings, ...(isUnknown ? [unknown] : [])],
    refusals: standing(last.refusals, act).filter(({ code }) => code !== 'NOT_FOUND'),
  };
}

/** Why a service must not be started anew now, before anything is written; null where it may. */
export async function whyNotNow(service: Service, act: ActGround): Promise<Refusal | null> {
  const wish: Wish = { verb: 'restart', object: null };
  const { plan } = await prepareDeed({ service, wish }, emptyNetworkState, act);
  return standing(plan.refusals, act).find(({ code }) => code !== 'NOT_FOUND') ?? null;
}

async function deed(service: Service, wish: Wish, act: ActGround): Promise<Served> {
  const prepared = allowed(await prepareDeed({ service, wish }, emptyNetworkState, act));
  const acted = await carryOut(prepared, act);
  const { outcome, receipt } = acted;
  if (outcome === 'done') return { state: 'done', words: receipt?.note ?? '' };
  if (outcome === 'refused') {
    const [refusal] = standing(acted.plan.refusals, act);
    return { state: 'refused', words: refusal ? `${refusal.message} (${refusal.hint})` : '' };
  }
  const step = acted.steps.find(({ state }) => state === 'failed');
  const hint = step?.hint ? ` (${step.hint})` : '';
  return {
    state: 'failed',
    words: step ? `${step.title}: ${step.said}${hint}` : (receipt?.note ?? ''),
  };
}

/** An apply is no healer that tries again and again: its cool-down is not meant. */
function allowed(prepared: Prepared): Prepared {
  const { plan } = prepared;
  const refusals = plan.refusals.filter(({ code }) => code !== 'COOL_DOWN');
  return { ...prepared, plan: { ...plan, refusals } };
}

function standing(refusals: readonly Refusal[], { force }: ActGround): readonly Refusal[] {
  return refusals.filter(({ code, canForce }) => code !== 'COOL_DOWN' && !(canForce && force));
}
