import type { FunctionFacts } from './facts.ts';
import type { Trigger } from './read.ts';

type Compared = Pick<FunctionFacts, 'acceptedTriggers' | 'triggerChange'>;

/**
 * What starts a function against what was last accepted. Triggers that are only added are accepted at
 * once, as new functions are. One that went is `lost` where no other of its type came, as a server
 * does that goes back to an older set; else it was `replaced`, as a deploy does. Both last until
 * somebody accepts them, or the old set is back.
 */
export function compareTriggers(
  triggers: readonly Trigger[],
  accepted: readonly Trigger[] | null,
): Compared {
  if (accepted === null) return { acceptedTriggers: triggers, triggerChange: 'none' };
  const gone = without(accepted, triggers);
  if (gone.length === 0) return { acceptedTriggers: triggers, triggerChange: 'none' };
  const came = without(triggers, accepted);
  const isLost = gone.some(({ type }) => !came.some((one) => one.type === type));
  return { acceptedTriggers: accepted, triggerChange: isLost ? 'lost' : 'replaced' };
}

/** Whether two lists are the same set. */
export function sameTriggers(a: readonly Trigger[], b: readonly Trigger[]): boolean {
  return without(a, b).length === 0 && without(b, a).length === 0;
}

/** "its triggers changed: was cron 0 * * * *, is a/b". */
export function triggerWords({ acceptedTriggers, triggers }: FunctionFacts): string {
  return `its triggers changed: was ${listed(acceptedTriggers)}, is ${listed(triggers)}`;
}

function listed(triggers: readonly Trigger[]): string {
  const words = triggers.map(({ type, value }) => (type === 'CRON' ? `cron ${value}` : value));
  return words.length === 0 ? 'none' : words.sort().join(' and ');
}

function without(all: readonly Trigger[], some: readonly Trigger[]): readonly Trigger[] {
  const known = new Set(some.map(keyOf));
  return all.filter((one) => !known.has(keyOf(one)));
}

function keyOf({ type, value }: Trigger): string {
  return `${type} ${value}`;
}
