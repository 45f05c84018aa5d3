import { askStories } from '../kinds/inngest/ask-stories.ts';
import { askGraphql } from '../kinds/inngest/graphql.ts';
import { isCalled } from '../kinds/inngest/names.ts';
import { appsQuery, storyQuery } from '../kinds/inngest/queries.ts';
import { cutAt, type RegisteredApp, readApps, readRuns } from '../kinds/inngest/read.ts';
import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { JsonObject } from '../model/json.ts';
import type { CallOptions, Transports } from '../transports/contract.ts';
import type { LogReader, News } from './log-reader.ts';
import { createToldRuns, type ToldRuns } from './told-runs.ts';

/** A function of an Inngest server, by its slug or its name. */
export interface FunctionPlace {
  readonly server: string;
  readonly url: string;
  /** The only app that the inventory speaks of; null for any. */
  readonly app: string | null;
  readonly name: string;
}

const usualMs = 7 * 86_400_000;
const fewestRuns = 5;
const mostRuns = 100;
/** A server is not asked more often than this. */
const everyMs = 2000;

/**
 * The runs of a function as a log, by questions to its server: what has been told is not told again, a
 * run that goes on is told further as its steps end. Rejects with the server's fault, and with
 * `not-found` where it knows no such function.
 */
export function functionReader(place: FunctionPlace, transports: Transports): LogReader {
  const { clock } = transports;
  const words = new Map<string, string>();
  const worker = createWorkerNotes();
  let known = { id: '', slug: '' };
  let told = createToldRuns(0);
  let askedMs = Number.NEGATIVE_INFINITY;

  const askRuns = async (count: number, runs: ToldRuns, options: CallOptions): Promise<Answer> => {
    const context = { transports, options };
    const query = storyQuery({ functionId: known.id, sinceMs: runs.fromMs(), count });
    const { data } = await askGraphql(place.url, query, context);
    const all = readRuns({ recent: data['recent'] ?? null });
    const open = runs.open(all.filter(({ slug }) => slug === known.slug));
    const { lines, trouble } = await askStories(open, { url: place.url, context, words });
    const fresh = runs.tell(open, lines);
    askedMs = clock.monotonicMs();
    const notes = [
      ...(trouble === null ? [] : [`the steps of its runs are not told: ${trouble}`]),
      ...worker.of(appOf(readApps(data), place, known.slug)),
    ];
    return { data, news: { notes, lines: fresh.map(({ atMs, text }) => ({ atMs, text })) } };
  };

  return {
    from: place.server,
    first: async ({ lines, sinceMs }, options) => {
      const { data: apps } = await askGraphql(place.url, appsQuery, { transports, options });
      known = functionIn(readApps(apps), place);
      const runs = createToldRuns(sinceMs ?? clock.now() - usualMs);
      const wanted = sinceMs === null ? Math.ceil(lines / 2) : mostRuns;
      const count = Math.min(mostRuns, Math.max(fewestRuns, wanted));
      const { data, news } = await askRuns(count, runs, options);
      told = runs;
      const isCut = sinceMs !== null && cutAt(data['recent'] ?? null) !== null;
      const cut = isCut ? [`only its last ${mostRuns} runs are told`] : [];
      return { ...news, notes: [...cut, ...news.notes] };
    },
    next: async (options) => {
      if (clock.monotonicMs() - askedMs < everyMs) return { lines: [], notes: [] };
      return (await askRuns(mostRuns, told, options)).news;
    },
  };
}

interface Answer {
  readonly data: JsonObject;
  readonly news: News;
}

/** Whose functions the inventory speaks of. */
function wantedOf(
  apps: readonly RegisteredApp[],
  { app }: FunctionPlace,
): readonly RegisteredApp[] {
  return apps.filter(({ name }) => app === null || name === app);
}

/** The function, and the server's own id of it. */
function functionIn(
  all: readonly RegisteredApp[],
  place: FunctionPlace,
): { readonly id: string; readonly slug: string } {
  const functions = wantedOf(all, place).flatMap((app) => app.functions);
  const { id = null, slug = '' } = functions.find((one) => isCalled(one, place.name)) ?? {};
  if (id !== null) return { id, slug };
  const message = `${place.server} has no function called ${place.name}`;
  const hint = 'joelclaw functions lists them';
  throw new FaultError(faultOf('not-found', message, { side: 'prober', hint }));
}

function appOf(
  all: readonly RegisteredApp[],
  place: FunctionPlace,
  slug: string,
): RegisteredApp | null {
  const has = ({ functions }: RegisteredApp): boolean => functions.some((one) => one.slug === slug);
  return wantedOf(all, place).find(has) ?? null;
}

/** Tells once that the worker has gone, and once that it is back. A function that has gone is told as such. */
function createWorkerNotes(): { of(app: RegisteredApp | null): readonly string[] } {
  let last: string | null = null;
  return {
    of: (app) => {
      const now = awayWords(app);
      const wasAway = last !== null;
      if (now === last) return [];
      last = now;
      return now === null ? (wasAway ? ['it is back'] : []) : [now];
    },
  };
}

function awayWords(app: RegisteredApp | null): string | null {
  if (app === null) return 'it is not registered any more: nothing starts it';
  return app.connected
    ? null
    : `its worker is away (${app.error ?? 'not connected'}): nothing runs`;
}
