import { seedOf } from '../mulberry32.ts';
import { jsonPage, type Moment, type Page } from '../site.ts';
import { functionNames, functions } from './functions.ts';

/** A run that a hand has started goes on for so long. */
const runMs = 10 * 60_000;

/** A run that a hand has started: what `hands` keep of it is its function and when that was. */
export interface HandRun {
  readonly id: string;
  readonly name: string;
  readonly startedMs: number;
  readonly endedMs: number | null;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED';
}

/** The runs that hands have started, as they stand now. */
export function handRuns({ runs, nowMs }: Moment): readonly HandRun[] {
  return runs().map(({ name, atMs, cancelledMs }, index): HandRun => {
    const seed = seedOf(`${name} by hand ${index}`).toString(32).toUpperCase().padStart(20, '0');
    const known = { id: `01HAND${seed}`, name, startedMs: atMs };
    if (cancelledMs !== null) return { ...known, endedMs: cancelledMs, status: 'CANCELLED' };
    const endedMs = atMs + runMs;
    if (nowMs < endedMs) return { ...known, endedMs: null, status: 'RUNNING' };
    return { ...known, endedMs, status: 'COMPLETED' };
  });
}

/** A server that takes the two mutations that joelclaw makes, and answers all else as it does. */
export function withMutations(
  answer: (moment: Moment, sent?: string) => Page,
  nameOf: (run: string, moment: Moment) => string | null,
) {
  return (moment: Moment, sent = ''): Page => {
    const { query = '' } = JSON.parse(sent || '{}') as { readonly query?: string };
    const [, verb, run = ''] = /^mutation \{ (rerun|cancelRun)\(runID: "(\w+)"\)/.exec(query) ?? [];
    const given = givenIn(query, moment);
    if (given !== null) return jsonPage({ data: given });
    if (verb === undefined) return answer(moment, sent);
    if (verb === 'rerun') {
      const name = nameOf(run, moment);
      if (name === null) return refused('rerun', 'run not found');
      return jsonPage({ data: { rerun: start(name, moment) } });
    }
    const index = handRuns(moment).findIndex(({ id }) => id === run);
    const found = handRuns(moment)[index];
    if (found?.status !== 'RUNNING') return refused('cancelRun', 'cannot cancel an ended run');
    moment.cancelRun(index);
    return jsonPage({ data: { cancelRun: { id: run } } });
  };
}

/** As the server of the recording says it: with 200. */
function refused(path: string, message: string): Page {
  return jsonPage({ errors: [{ message, path: [path] }], data: null });
}

function start(name: string, moment: Moment): string {
  moment.addRun(name);
  return handRuns(moment).at(-1)?.id ?? '';
}

/** `POST /e/dev` of a server in dev mode: every function with this trigger is started. */
export function eventApi(moment: Moment, sent = ''): Page {
  const { name = '' } = JSON.parse(sent || '{}') as { readonly name?: string };
  if (name === '') return jsonPage({ ids: [''], status: 400, error: 'event name is empty' }, 400);
  const from = moment.runs().length;
  for (const one of functionNames) if (functions[one]?.includes(name)) moment.addRun(one);
  return jsonPage({ ids: [eventId(from, moment.runs().length)], status: 200 });
}

/** An event tells by its id which runs have come of it: those of hands, from one up to another. */
function eventId(from: number, to: number): string {
  return `01EVENT${pad(from)}${pad(to)}`;
}

function pad(count: number): string {
  return String(count).padStart(9, '0');
}

/** `given: eventV2(id: …)` and `given: run(runID: …)`: null where the query asks for neither. */
function givenIn(query: string, moment: Moment): object | null {
  const [, verb, id = ''] = /given: (eventV2|run)\((?:id|runID): "(\w+)"\)/.exec(query) ?? [];
  if (verb === undefined) return null;
  const all = handRuns(moment).map((run) => ({
    id: run.id,
    status: run.status,
    function: { slug: `system-bus-${run.name}` },
  }));
  if (verb === 'run') return { given: all.find((run) => run.id === id) ?? null };
  const [, from, to] = /^01EVENT(\d{9})(\d{9})$/.exec(id) ?? [];
  return { given: from === undefined ? null : { runs: all.slice(Number(from), Number(to)) } };
}

/** `PUT` of the worker, SDK 4.24. */
export function workerRegisters(): Page {
  return jsonPage({ message: 'Successfully registered', modified: false });
}
