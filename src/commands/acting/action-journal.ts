import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../../model/json.ts';
import type { Acted } from '../../model/plan.ts';
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
  { acted, deed }: { readonly acted: Acted; readonly deed: Deed },
  { warn }: Pick<Context, 'warn'>,
): Promise<void> {
  const path = join(stateFolder, journalName);
  const line = `${JSON.stringify(entryOf(acted, deed))}\n`;
  await appendFile(path, line, { mode: 0o600 }).catch(
    ({ code = 'unknown error' }: NodeJS.ErrnoException) =>
      warn(`the action could not be kept in its journal (${code}): ${path}`),
  );
}

function entryOf({ plan, outcome, receipt, steps }: Acted, deed: Deed): JsonObject {
  const { action, service, host, manager, unit } = plan;
  return {
    ...deed,
    ...{ action, service, host, manager, unit, outcome },
    steps: steps.map(({ command, state, exitCode, durationMs }) => ({
      ...{ command, state, exitCode, durationMs },
    })),
    before: receipt ? { ...receipt.before } : null,
    after: receipt ? { ...receipt.after } : null,
    note: receipt?.note ?? '',
  };
}
