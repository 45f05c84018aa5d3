import { isJsonObject } from '../../model/json.ts';
import type { HttpResponse } from '../../transports/contract.ts';
import type { ObserveContext } from '../contract.ts';
import { parseJson } from '../http-body.ts';
import { cadenceOf } from './cadence.ts';
import type { Heard, InngestFacts } from './facts.ts';
import { factsOf, wantedApps } from './facts-of.ts';
import { askErrors, newFailures } from './failures.ts';
import { askGraphql } from './graphql.ts';
import { orTrouble } from './or-trouble.ts';
import { appsQuery, runsQuery, type WantedCron } from './queries.ts';
import { cutAt, type RegisteredApp, readApps, readRuns } from './read.ts';
import { type Remembered, rememberedOf } from './remembered.ts';
import type { InngestSpec } from './spec.ts';

/** Asks the server what is registered and what ran, and the worker what it serves. */
export async function observe(wanted: InngestSpec, context: ObserveContext): Promise<InngestFacts> {
  const before = rememberedOf(context.previous, wanted.app);
  const nowMs = context.transports.clock.now();
  const [answer, worker] = await Promise.all([
    askGraphql(wanted.url, appsQuery, context),
    askWorker(wanted.worker, context),
  ]);
  const apps = wantedApps(readApps(answer.data), wanted);
  const ran = await askRuns(wanted, context, { apps, before, nowMs });
  const heard = { nowMs, latencyMs: answer.latencyMs, apps, ...worker, ...ran };
  return factsOf(heard, wanted, before);
}

type Worker = Pick<Heard, 'served' | 'workerTrouble'>;

/** 401 is a signed worker: it lives, and tells its count to nobody but the server. */
async function askWorker(
  url: string | null,
  { transports, options }: ObserveContext,
): Promise<Worker> {
  if (url === null) return { served: null, workerTrouble: null };
  const request = { url, method: 'GET', headers: {}, tls: {} };
  const heard = await orTrouble(transports.http(request, options), options.signal);
  return typeof heard === 'string' ? { served: null, workerTrouble: heard } : readWorker(heard);
}

function readWorker({ status, body }: HttpResponse): Worker {
  if (status === 401) return { served: null, workerTrouble: null };
  if (status !== 200) return { served: null, workerTrouble: `answered ${status}` };
  const parsed = parseJson(body);
  if (!isJsonObject(parsed)) return { served: null, workerTrouble: 'its answer is not JSON' };
  const count = parsed['function_count'];
  return { served: typeof count === 'number' ? count : null, workerTrouble: null };
}

interface Known {
  readonly apps: readonly RegisteredApp[];
  readonly before: Remembered;
  readonly nowMs: number;
}

/** A server under load may answer late about runs: what is registered is known all the same. */
async function askRuns(
  { url }: InngestSpec,
  context: ObserveContext,
  known: Known,
): Promise<Pick<Heard, 'runs' | 'errors' | 'runsTrouble' | 'countedSince'>> {
  const none = { runs: [], errors: new Map<string, string>(), countedSince: null };
  const appIds = known.apps.map(({ id }) => id).filter((id) => id !== null);
  if (known.apps.length === 0) return { ...none, runsTrouble: null };
  const query = runsQuery({ nowMs: known.nowMs, appIds, crons: silentCrons(known) });
  const heard = await orTrouble(askGraphql(url, query, context), context.options.signal);
  if (typeof heard === 'string') return { ...none, runsTrouble: heard };
  const runs = readRuns(heard.data);
  return {
    runs,
    errors: await askErrors(url, context, newFailures(runs, known.before)),
    runsTrouble: null,
    countedSince: cutAt(heard.data['recent']),
  };
}

/** The crons that are not known to have completed a run within twice their cadence. */
function silentCrons({ apps, before, nowMs }: Known): readonly WantedCron[] {
  return apps
    .flatMap(({ functions }) => functions)
    .flatMap(({ id, slug, triggers }) => {
      const cadenceMs = cadenceOf(triggers, nowMs);
      const completedAt = before.functions.get(slug)?.lastCompletedAt ?? null;
      if (id === null || cadenceMs === null) return [];
      const late = completedAt === null || nowMs - Date.parse(completedAt) > 2 * cadenceMs;
      return late ? [{ id, cadenceMs }] : [];
    });
}
