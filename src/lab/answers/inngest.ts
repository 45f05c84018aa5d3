import { mulberry32, seedOf } from '../mulberry32.ts';
import { jsonPage, type Moment, type Page } from '../site.ts';
import { cronOf, functionNames, functions } from './functions.ts';
import { type HandRun, handRuns } from './inngest-hands.ts';

const app = 'system-bus';
const hourMs = 3_600_000;
const workerTarget = 'localhost:3111';

/** How a server differs from one that is well. */
export interface InngestTrouble {
  /** Functions that are served and not registered. */
  readonly missing?: readonly string[];
  /** Its crons have not started anything for so long, counted from when the lab was made. */
  readonly silentMs?: number;
}

/** `POST /v0/gql` of a self-hosted server: apps, runs and traces under any alias, as queries ask for them. */
export function inngestGraphql({ missing = [], silentMs = 0 }: InngestTrouble = {}) {
  return (moment: Moment, body = '{}'): Page => {
    const { query = '' } = JSON.parse(body) as { readonly query?: string };
    const names = functionNames.filter((name) => !missing.includes(name));
    const apps = query.includes('{ apps {') ? { apps: [appOf(names, moment)] } : {};
    const all = [
      ...names.flatMap((name) => runsOf(name, moment, silentMs)),
      ...handRuns(moment).map(nodeOfHand),
    ];
    const newestFirst = all.toSorted((a, b) => (a.queuedAt < b.queuedAt ? 1 : -1));
    const data = {
      ...apps,
      ...answers(query, /(\w+): runs\((first: .*?\})\)/g, (filter, alias) =>
        connectionOf(alias === 'running' ? newestFirst.filter(isRunning) : newestFirst, filter),
      ),
      ...answers(query, /(\w+): runTrace\(runID: "(\w+)"\)/g, (id) =>
        traceOf(all.find((run) => run.id === id)),
      ),
    };
    return jsonPage({ data });
  };
}

/** The server polls its workers: one that does not answer is unreachable within 5 s. */
function appOf(names: readonly string[], { isWell }: Moment): object {
  const connected = isWell(workerTarget);
  return {
    id: uuidOf(app),
    externalID: app,
    name: app,
    url: `http://${workerTarget}/api/inngest`,
    error: connected ? null : 'unreachable',
    connected,
    functionCount: names.length,
    functions: names.map((name) => ({
      id: uuidOf(name),
      slug: `${app}-${name}`,
      name,
      triggers: triggersOf(name),
    })),
  };
}

function triggersOf(name: string): readonly object[] {
  const cron = cronOf[name];
  return [
    ...(cron === undefined ? [] : [{ type: 'CRON', value: cron }]),
    ...(functions[name] ?? []).map((value) => ({ type: 'EVENT', value })),
  ];
}

/** What a query asks for under each of its aliases. */
function answers(
  query: string,
  pattern: RegExp,
  answer: (asked: string, alias: string) => object | null,
): Readonly<Record<string, object | null>> {
  const asked = [...query.matchAll(pattern)];
  return Object.fromEntries(
    asked.map(([, alias = '', words = '']) => [alias, answer(words, alias)]),
  );
}

/** The newest runs that a filter leaves. */
function connectionOf(runs: readonly RunNode[], filter: string): object {
  const [, ids] = /functionIDs: \["([^\]]*)"\]/.exec(filter) ?? [];
  const [, from = ''] = /from: "([^"]*)"/.exec(filter) ?? [];
  const most = Number(/first: (\d+)/.exec(filter)?.[1]);
  const left = runs.filter(
    ({ functionID, queuedAt }) =>
      queuedAt >= from && (ids === undefined || ids.split('","').includes(functionID)),
  );
  const edges = left.slice(0, most).map((node) => ({ node }));
  return { pageInfo: { hasNextPage: left.length > most }, edges };
}

/** Each run has one step, which it spends nearly all its time in. */
function traceOf(run: RunNode | undefined): object | null {
  if (!run) return null;
  const { startedAt, endedAt, status } = run;
  const duration = endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt);
  const span = { status, startedAt, endedAt, duration, outputID: null };
  const step = { ...span, name: 'work', stepOp: 'RUN', childrenSpans: [] };
  return { ...span, name: 'Run', stepOp: null, childrenSpans: [step] };
}

function isRunning({ status }: RunNode): boolean {
  return status === 'RUNNING';
}

interface RunNode {
  readonly id: string;
  readonly status: string;
  readonly functionID: string;
  readonly queuedAt: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly [field: string]: unknown;
}

/** A cron starts on every full hour; an event has started each of the others a few times today. */
function runsOf(name: string, { nowMs, startMs }: Moment, silentMs: number): readonly RunNode[] {
  const cron = cronOf[name];
  const random = mulberry32(seedOf(name));
  if (cron === undefined) {
    const count = Math.floor(random() * 5);
    return Array.from({ length: count }, (_, index) => {
      const ago = (index + random()) * 4.5 * hourMs;
      return runOf(name, startMs - Math.ceil(ago) - 60_000, null);
    });
  }
  const untilMs = silentMs === 0 ? nowMs - 30_000 : startMs - silentMs;
  const newest = Math.floor(untilMs / hourMs);
  return Array.from({ length: 24 }, (_, index) => runOf(name, (newest - index) * hourMs, cron));
}

function runOf(name: string, startedMs: number, cronSchedule: string | null): RunNode {
  const durationMs = 40 + (seedOf(`${name} ${startedMs}`) % 4000);
  const startedAt = new Date(startedMs).toISOString();
  return {
    id: `01LAB${seedOf(`${name} at ${startedMs}`).toString(32).toUpperCase().padStart(21, '0')}`,
    status: 'COMPLETED',
    functionID: uuidOf(name),
    queuedAt: startedAt,
    startedAt,
    endedAt: new Date(startedMs + durationMs).toISOString(),
    eventName: cronSchedule === null ? (functions[name]?.[0] ?? null) : null,
    cronSchedule,
    function: { slug: `${app}-${name}` },
  };
}

function nodeOfHand({ id, name, startedMs, endedMs, status }: HandRun): RunNode {
  const endedAt = endedMs === null ? null : new Date(endedMs).toISOString();
  return { ...runOf(name, startedMs, null), id, status, endedAt };
}

/** The function of a run, by the run's id; null for one that there is none of. */
export function runNamed(id: string, moment: Moment): string | null {
  const ofHand = handRuns(moment).find((run) => run.id === id)?.name;
  return (
    ofHand ??
    functionNames.find((name) => runsOf(name, moment, 0).some((run) => run.id === id)) ??
    null
  );
}

function uuidOf(text: string): string {
  const digits = seedOf(text).toString(16).padStart(8, '0');
  return `${digits}-0000-5000-8000-${digits.padEnd(12, '0')}`;
}
