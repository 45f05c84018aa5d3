import type { Wish } from '../../actions/plan-refusals.ts';
import { daemonReload } from '../../kinds/systemd/read-anew.ts';
import { emptyNetworkState } from '../../model/health.ts';
import type { Service } from '../../model/inventory.ts';
import type { Refusal } from '../../model/plan.ts';
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

/** What has changed of a service's own files. */
export interface Anew {
  /** Its unit's file was written, or systemd has not read it. */
  readonly unitWritten: boolean;
  /** Its unit was not there before, or is not enabled. */
  readonly isNew: boolean;
}

/** A crash loop answers between two crashes: one good look, or its minimum runtime alone, proves little. */
const gate = { samples: 3, moreMs: 2000 };

/** Has a service's manager read its file, and starts it anew with the proof of any restart. */
export async function startAnew(
  service: Service,
  { unitWritten, isNew }: Anew,
  act: ActGround,
): Promise<Served> {
  const { manager } = service;
  if (manager.kind === 'systemd' && unitWritten) {
    const read = await runOn(service.host, [daemonReload(manager.user)], act);
    if (read !== null) return { state: 'failed', words: read };
  }
  if (manager.kind === 'systemd' && isNew) {
    const enabled = await deed(service, { verb: 'enable', object: null }, act);
    if (enabled.state === 'failed') return enabled;
  }
  const wish: Wish = { verb: 'restart', object: null, isWritten: unitWritten };
  return deed(service, wish, { ...act, gate });
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
