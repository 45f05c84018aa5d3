import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../../model/json.ts';
import type { Acted, Plan } from '../../model/plan.ts';
import type { Context } from '../context.ts';

/** The journal of actions, a JSON object a line, the newest last. */
export const journalName = 'actions.ndjson';

/** Who has acted, and when. */
export interface Deed {
  readonly at: string;
  readonly actor: string;
  readonly durationMs: number;
}

/** Appends what was done. A full or read-only disk is told, no more. */
export async function keepInJournal(
  stateFolder: string,
  entry: JsonObject,
  { warn }: Pick<Context, 'warn'>,
): Promise<void> {
  const path = join(stateFolder, journalName);
  const line = `${JSON.stringify(entry)}\n`;
  await appendFile(path, line, { mode: 0o600 }).catch(
    ({ code = 'unknown error' }: NodeJS.ErrnoException) =>
      warn(`the action could not be kept in its journal (${code}): ${path}`),
  );
}

/** The entry of an action that begins: it stands for one that its process did not outlive. */
export function begun(plan: Plan, { at, actor }: Omit<Deed, 'durationMs'>): JsonObject {
  const { action, service, object, host, manager, unit, commands } = plan;
  const steps = commands.map((command) => ({ command, state: 'begun' }));
  return {
    at,
    actor,
    durationMs: null,
    ...{ action, service, object, host, manager, unit },
    outcome: 'begun',
    steps,
  };
}

/** The entry of one that has ended; it takes the place of the one of its beginning. */
export function entryOf({ plan, outcome, receipt, steps }: Acted, deed: Deed): JsonObject {
  const { action, service, object, host, manager, unit } = plan;
  return {
    ...deed,
    ...{ action, service, object, host, manager, unit, outcome },
    steps: steps.map(({ command, state, exitCode, durationMs }) => ({
      ...{ command, state, exitCode, durationMs },
    })),
    before: receipt ? { ...receipt.before } : null,
    after: receipt ? { ...receipt.after } : null,
    note: receipt?.note ?? '',
  };
}

/** The entries without the beginnings of those that have ended. */
export function wholeEntries(entries: readonly JsonObject[]): readonly JsonObject[] {
  const keyOf = ({ at, host, unit, action }: JsonObject): string =>
    [at, host, unit, action].join(' ');
  const ended = new Set(entries.filter(({ outcome }) => outcome !== 'begun').map(keyOf));
  return entries.filter((entry) => entry['outcome'] !== 'begun' || !ended.has(keyOf(entry)));
}
