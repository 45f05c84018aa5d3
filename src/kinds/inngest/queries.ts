const dayMs = 86_400_000;

/** The most runs that the server gives in one page. */
const mostRuns = 400;
/** Of each cron that many completed runs, as some of them may have been started by an event. */
const cronRuns = 20;

const apps =
  'apps { id externalID name url error connected functionCount functions { id slug name triggers { type value } } }';

/** What is registered: all apps, as one that is missing must be told from one that is empty. */
export const appsQuery = `{ ${apps} }`;

const run =
  'pageInfo { hasNextPage } edges { node { id status functionID queuedAt startedAt endedAt eventName cronSchedule function { slug } } }';

/** A function whose last completed run is looked for further back than a day. */
export interface WantedCron {
  readonly id: string;
  readonly cadenceMs: number;
}

export interface WantedRuns {
  readonly nowMs: number;
  readonly appIds: readonly string[];
  readonly crons: readonly WantedCron[];
}

/** The newest runs of a day, all that still run, and the last ones of crons that seem silent. */
export function runsQuery({ nowMs, appIds, crons }: WantedRuns): string {
  const ofApps = appIds.length === 0 ? [] : [`appIDs: ${JSON.stringify(appIds)}`];
  const since = (ms: number): string => `from: "${new Date(nowMs - ms).toISOString()}"`;
  const parts = [
    runs('recent', mostRuns, [since(dayMs), ...ofApps]),
    runs('running', mostRuns, [since(7 * dayMs), 'status: [RUNNING]', ...ofApps]),
    ...crons.map(({ id, cadenceMs }, index) => {
      const window = since(Math.max(7 * dayMs, 4 * cadenceMs));
      const filter = [window, 'status: [COMPLETED]', `functionIDs: ${JSON.stringify([id])}`];
      return runs(`cron${index}`, cronRuns, filter);
    }),
  ];
  return `{ ${parts.join(' ')} }`;
}

function runs(alias: string, first: number, filter: readonly string[]): string {
  const order = 'orderBy: [{ field: QUEUED_AT, direction: DESC }]';
  return `${alias}: runs(first: ${first}, ${order}, filter: { ${filter.join(', ')} }) { ${run} }`;
}

/** Which runs of a function are wanted: the newest of those that were queued since then. */
export interface WantedStory {
  readonly functionId: string;
  readonly sinceMs: number;
  readonly count: number;
}

/** What is registered, and the last runs of one function under the alias `recent`. */
export function storyQuery({ functionId, sinceMs, count }: WantedStory): string {
  const from = `from: "${new Date(sinceMs).toISOString()}"`;
  const filter = [from, `functionIDs: ${JSON.stringify([functionId])}`];
  return `{ ${apps} ${runs('recent', count, filter)} }`;
}

const span = 'name status startedAt endedAt duration stepOp outputID';

/** What has happened in each run: its steps, and their attempts. */
export function spansQuery(runIds: readonly string[]): string {
  const traces = runIds.map((id, index) => {
    const deep = `${span} childrenSpans { ${span} childrenSpans { ${span} } }`;
    return `trace${index}: runTrace(runID: ${JSON.stringify(id)}) { ${deep} }`;
  });
  return `{ ${traces.join(' ')} }`;
}

/** Where the output of each run is kept: its trace knows. */
export function tracesQuery(runIds: readonly string[]): string {
  const traces = runIds.map(
    (id, index) => `trace${index}: runTrace(runID: ${JSON.stringify(id)}) { outputID }`,
  );
  return `{ ${traces.join(' ')} }`;
}

/** How each of these runs ended. */
export function errorsQuery(outputIds: readonly string[]): string {
  const outputs = outputIds.map((id, index) => {
    const ask = `runTraceSpanOutputByID(outputID: ${JSON.stringify(id)})`;
    return `error${index}: ${ask} { error { message } }`;
  });
  return `{ ${outputs.join(' ')} }`;
}
