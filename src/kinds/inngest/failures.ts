import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { ObserveContext } from '../contract.ts';
import { askGraphql } from './graphql.ts';
import { orTrouble } from './or-trouble.ts';
import { errorsQuery, tracesQuery } from './queries.ts';
import { type Run, wordOf } from './read.ts';
import type { Remembered } from './remembered.ts';
import { hasEnded } from './runs.ts';

/** So many failures are asked for their words in one sample, the newest first. */
const mostErrors = 5;

/** The run of each function that ended last, where it failed with words that have not been asked for yet. */
export function newFailures(runs: readonly Run[], before: Remembered): readonly string[] {
  const newest = new Map<string, Run>();
  for (const run of runs) {
    if (hasEnded(run) && !newest.has(run.slug)) newest.set(run.slug, run);
  }
  return [...newest.values()]
    .filter(({ id, slug, status }) => {
      const known = before.functions.get(slug)?.lastEnded;
      return status === 'FAILED' && !(known?.id === id && known.error !== null);
    })
    .slice(0, mostErrors)
    .map(({ id }) => id);
}

/** What failed runs said, by run id; of one that does not tell nothing is known. */
export async function askErrors(
  url: string,
  context: ObserveContext,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { signal } = context.options;
  const ask = async (query: string): Promise<JsonObject> => {
    const heard = await orTrouble(askGraphql(url, query, context), signal);
    return typeof heard === 'string' ? {} : heard.data;
  };
  if (runIds.length === 0) return new Map();
  const traces = await ask(tracesQuery(runIds));
  const outputs = runIds.flatMap((run, index) => {
    const output = wordOf(objectOf(traces[`trace${index}`])['outputID']);
    return output === null ? [] : [{ run, output }];
  });
  if (outputs.length === 0) return new Map();
  const errors = await ask(errorsQuery(outputs.map(({ output }) => output)));
  return new Map(
    outputs.flatMap(({ run }, index) => {
      const error = objectOf(objectOf(errors[`error${index}`])['error']);
      const message = wordOf(error['message']);
      return message === null ? [] : [[run, message] as const];
    }),
  );
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
