import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { ObserveContext } from '../contract.ts';
import { askGraphql } from './graphql.ts';
import { orTrouble } from './or-trouble.ts';
import { errorsQuery, spansQuery } from './queries.ts';
import { type Run, wordOf } from './read.ts';
import { readSpan, type Span } from './run-spans.ts';
import { failedOutputs, type StoryLine, storyOf } from './run-story.ts';

/** Of so many runs, or failures, at once the server is asked. */
const atOnce = 25;

export interface Stories {
  readonly lines: readonly StoryLine[];
  /** Why of some runs only start and end are told; null where all is. */
  readonly trouble: string | null;
}

/** How a server is asked, and what it has said of failures so far, by where that is kept. */
export interface StoryGround {
  readonly url: string;
  readonly context: Pick<ObserveContext, 'transports' | 'options'>;
  readonly words: Map<string, string>;
}

/** What has happened in runs. A server that lists them and knows no more of them leaves their start and end. */
export async function askStories(runs: readonly Run[], ground: StoryGround): Promise<Stories> {
  const traces = new Map<string, Span>();
  let trouble: string | null = null;
  for (const some of pieces(runs)) {
    const heard = await ask(spansQuery(some.map(({ id }) => id)), ground);
    if (typeof heard === 'string') {
      trouble = heard;
      continue;
    }
    for (const [index, { id }] of some.entries()) {
      const trace = readSpan(heard[`trace${index}`]);
      if (trace !== null) traces.set(id, trace);
    }
  }
  await addWords([...traces.values()].flatMap(failedOutputs), ground);
  const lines = runs.flatMap((run) => storyOf(run, traces.get(run.id) ?? null, ground.words));
  return { lines, trouble };
}

/** A failure without words is still one. */
async function addWords(outputIds: readonly string[], ground: StoryGround): Promise<void> {
  const unknown = [...new Set(outputIds)].filter((id) => !ground.words.has(id));
  for (const some of pieces(unknown)) {
    const heard = await ask(errorsQuery(some), ground);
    if (typeof heard === 'string') continue;
    for (const [index, id] of some.entries()) {
      const message = messageIn(heard[`error${index}`]);
      if (message !== null) ground.words.set(id, message);
    }
  }
}

function ask(query: string, { url, context }: StoryGround): Promise<JsonObject | string> {
  const answer = askGraphql(url, query, context).then(({ data }) => data);
  return orTrouble(answer, context.options.signal);
}

function messageIn(output: JsonObject[string] | undefined): string | null {
  const error = isJsonObject(output) ? output['error'] : null;
  return isJsonObject(error) ? wordOf(error['message']) : null;
}

function pieces<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / atOnce) }, (_, index) =>
    all.slice(index * atOnce, (index + 1) * atOnce),
  );
}
