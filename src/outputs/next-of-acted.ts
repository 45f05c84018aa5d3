import type { Acted, Plan, Refusal } from '../model/plan.ts';
import type { NextAction } from './next-actions.ts';
import { deedCommand } from './offers-text.ts';

/**
 * What an agent may do after an action: look before it tries again. To override what speaks against it
 * comes last, where that is a person's to decide. `where` names the network on each command.
 */
export function nextOfActed(
  { plan, outcome, receipt, steps }: Acted,
  where: string,
): readonly NextAction[] {
  const { service, refusals } = plan;
  if (outcome === 'done') return [];
  if (outcome === 'failed') {
    const description = receipt?.note ?? stepWords(steps);
    return [{ command: `${lookAt(plan)} --json${where}`, description }];
  }
  const others = refusals.filter(({ code }) => !asks.has(code));
  const looks = others.map(({ code, message, hint }) => ({
    command: `${lookFor(code, plan)} --json${where}`,
    description: `${message} (${hint})`,
  }));
  if (others.some(({ canForce }) => !canForce)) return unique(looks);
  const force = others.length > 0 ? ' --force' : '';
  const command = `${deedCommand(service, plan)} --yes${force} --json${where}`;
  const description = force === '' ? `do it: ${plan.action} ${service}` : 'do it all the same';
  return [...unique(looks), { command, description }];
}

function stepWords(steps: Acted['steps']): string {
  const failed = steps.find(({ state }) => state === 'failed');
  if (!failed) return 'a step failed';
  const hint = failed.hint === null ? '' : ` (${failed.hint})`;
  return `${failed.title} failed: ${failed.said}${hint}`;
}

/** What speaks against the way in which it was asked for, and not against the action. */
const asks: ReadonlySet<Refusal['code']> = new Set([
  'CONFIRMATION_REQUIRED',
  'READ_ONLY',
  'CHANGED',
]);

function lookFor(code: Refusal['code'], plan: Plan): string {
  if (code === 'COOL_DOWN') return `joelclaw logs ${plan.service} -n 50`;
  if (code === 'RUNNING_WORK') return 'joelclaw functions';
  if (code === 'LOCKED') return 'joelclaw history --actions';
  if (code === 'NOT_OFFERED') return `joelclaw actions ${plan.service}`;
  return lookAt(plan);
}

function lookAt({ manager, service }: Plan): string {
  return manager === 'inngest' ? 'joelclaw functions' : `joelclaw status ${service}`;
}

function unique(all: readonly NextAction[]): readonly NextAction[] {
  return all.filter(
    ({ command }, index) => all.findIndex((one) => one.command === command) === index,
  );
}
