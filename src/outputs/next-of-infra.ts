import { type FileVerdict, handMade } from '../model/file-verdict.ts';
import type { InfraItem } from '../model/infra.ts';
import { shellWord } from '../model/shell-word.ts';
import type { NextAction } from './next-actions.ts';

const most = 5;

/** Where it is to be done: ' --root /net', or nothing; `planFile` is where the plan was kept. */
interface NextOfPlan {
  readonly where: string;
  readonly planFile: string | null;
}

/**
 * What an agent may do after a look at what is managed: apply what nobody's hands are in, look at what
 * hands have made before anybody goes over it, and ask why what could not be read was not.
 */
export function nextOfPlan(
  items: readonly InfraItem[],
  { where, planFile }: NextOfPlan,
): readonly NextAction[] {
  const toDo = items.filter(isToDo).map(({ id }) => id);
  const file = planFile === null ? '' : ` ${shellWord(planFile)}`;
  const apply =
    toDo.length === 0
      ? []
      : [
          {
            command: `joelclaw infra apply${file} --yes --json${where}`,
            description: `brings to what the repo says: ${toDo.join(', ')}`,
          },
        ];
  return [...apply, ...unread(items, where), ...byHand(items, where)].slice(0, most);
}

/** What an apply did to its end, or not. */
interface Ended {
  readonly outcome: string;
  readonly isStale: boolean;
  readonly steps: readonly {
    readonly id: string;
    readonly what: string;
    readonly state: string;
    readonly note: string;
  }[];
}

/** What an agent may do after an apply or a rollback: of one that failed, look before anything else. */
export function nextOfApplied(
  items: readonly InfraItem[],
  { outcome, isStale, steps }: Ended,
  where: string,
): readonly NextAction[] {
  if (outcome === 'done') return nextOfPlan(items, { where, planFile: null });
  const failed = steps.filter(({ state }) => state === 'failed' || state === 'rolled-back');
  const looks = failed.map(({ id, what, note }) => ({
    command:
      what === 'service'
        ? `joelclaw status ${shellWord(id)} --json${where}`
        : `joelclaw infra diff --only ${shellWord(id)} --json${where}`,
    description: `${id}: ${note === '' ? 'failed' : note}`,
  }));
  const plan = {
    command: `joelclaw infra plan --json${where}`,
    description: isStale ? 'something has become another one: plan anew' : 'what is left to do',
  };
  return [...looks, plan].slice(0, most);
}

function isToDo({ action }: InfraItem): boolean {
  return action !== 'none' && action !== 'left' && action !== 'record';
}

function unread(items: readonly InfraItem[], where: string): readonly NextAction[] {
  return items
    .filter(({ verdict }) => verdict === 'unknown')
    .map(({ id, host, note }) => ({
      command:
        host === null
          ? `joelclaw infra diff --only ${shellWord(id)} --json${where}`
          : `joelclaw status ${shellWord(host)} --json${where}`,
      description: `${id} could not be looked at: ${note}`,
    }));
}

function byHand(items: readonly InfraItem[], where: string): readonly NextAction[] {
  return items
    .filter(
      ({ verdict, action, kind }) => action === 'left' && (handMade.has(verdict) || kind === 'k8s'),
    )
    .filter(({ verdict }) => verdict !== 'unknown')
    .map(({ id, verdict, kind, note }) => ({
      command: `joelclaw infra diff --only ${shellWord(id)} --json${where}`,
      description: `${id} is ${verdict}: ${howOf(verdict, kind, note)}`,
    }));
}

/** What is left of a cluster says itself why. */
function howOf(verdict: FileVerdict, kind: string, note: string): string {
  if (kind !== 'k8s') {
    return 'what hands have made is kept with joelclaw infra adopt, gone over with --overwrite-drift';
  }
  const over = handMade.has(verdict) ? '; --overwrite-drift goes over it' : '';
  return `${note}${over}`;
}
