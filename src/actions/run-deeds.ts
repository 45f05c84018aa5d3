import type { InngestServer } from '../model/inventory.ts';
import type { JsonObject } from '../model/json.ts';
import type { InngestCall, InngestStep, Refusal, Risk } from '../model/plan.ts';
import type { AppReport, FunctionReport } from '../model/report.ts';
import type { RunVerb } from '../model/verb.ts';
import { curlText, inngestRequest } from './inngest-step.ts';

/** A function as it was seen, with its app and their server. */
export interface FunctionSeen {
  readonly server: InngestServer;
  /** Null of an app that tells of none. */
  readonly item: FunctionReport | null;
  readonly app: AppReport;
  /** Of the function, or of all of the app's; null where nobody can tell. */
  readonly inFlight: { readonly running: number; readonly queued: number } | null;
}

/** What can be done to a function or its app, by what was last seen of them. */
export interface RunDeed {
  readonly verb: RunVerb;
  /** An event's name, or a run's id; null where there is nothing to choose. */
  readonly object: string | null;
  readonly risk: Risk;
  readonly steps: readonly InngestStep[];
  readonly warnings: readonly string[];
  readonly refusal: Refusal | null;
  readonly needless: string | null;
  /** What is seen when it was done. */
  isDone(now: FunctionSeen): boolean;
}

const timeoutMs = 15_000;

/** `data` is what an event is sent with. */
export function runDeeds(seen: FunctionSeen, data: JsonObject = {}): readonly RunDeed[] {
  const { item } = seen;
  if (item === null) return [register(seen)];
  return [
    ...item.triggers
      .filter(({ type }) => type === 'EVENT')
      .map(({ value }) => sendEvent(seen, item, { name: value, data })),
    ...rerun(seen, item),
    ...cancelRuns(seen, item),
    register(seen),
  ];
}

function stepOf({ server }: FunctionSeen, title: string, call: InngestCall): InngestStep {
  const command = curlText(inngestRequest(call, server));
  return { kind: 'inngest', title, server: server.name, call, command, timeoutMs };
}

const plain = { warnings: [], refusal: null, needless: null } as const;

/** Another function that has the same trigger is started by it too. */
function sendEvent(
  seen: FunctionSeen,
  item: FunctionReport,
  { name, data }: { readonly name: string; readonly data: JsonObject },
): RunDeed {
  const isEmpty = Object.keys(data).length === 0;
  return {
    ...{ ...plain, verb: 'send-event', object: name, risk: 'disruptive' },
    steps: [stepOf(seen, `send ${name}`, { type: 'event', name, data })],
    warnings: [
      'every function with this trigger is started, not only this one',
      ...(isEmpty ? ['its data is empty: joelclaw send-event … --data JSON sends some'] : []),
    ],
    isDone: (now) => hasNewRun(now, item),
  };
}

function rerun(seen: FunctionSeen, item: FunctionReport): readonly RunDeed[] {
  const run = item.lastRun;
  const base = { ...plain, verb: 'rerun', risk: 'disruptive' } as const;
  if (run === null) {
    const message = 'it has not run yet: there is no run to repeat';
    const refusal = {
      code: 'NOT_FOUND',
      message,
      hint: 'send its event',
      canForce: false,
    } as const;
    return [{ ...base, object: null, steps: [], refusal, isDone: () => false }];
  }
  const ended = run.status.toLowerCase();
  return [
    {
      ...{ ...base, object: run.id },
      steps: [stepOf(seen, 'run it again', { type: 'rerun', run: run.id })],
      warnings: [
        `a new run with the input of one that ${ended === 'running' ? 'goes on' : `has ${ended}`}`,
      ],
      isDone: (now) => hasNewRun(now, item),
    },
  ];
}

function cancelRuns(seen: FunctionSeen, item: FunctionReport): readonly RunDeed[] {
  const base = { ...plain, verb: 'cancel-run', risk: 'disruptive' } as const;
  if (item.inFlight === null) {
    const message =
      'whether a run of it is in flight is not known: its server does not tell its runs';
    const refusal = {
      code: 'NOT_SEEN',
      message,
      hint: 'joelclaw functions',
      canForce: false,
    } as const;
    return [{ ...base, object: null, steps: [], refusal, isDone: () => false }];
  }
  if (item.inFlight.length === 0) {
    const needless = 'no run of it is in flight';
    return [{ ...base, object: null, steps: [], needless, isDone: () => true }];
  }
  return item.inFlight.map(({ id, status, at }) => ({
    ...{ ...base, object: id },
    steps: [stepOf(seen, 'cancel', { type: 'cancel-run', run: id })],
    warnings: [`${status.toLowerCase()} since ${at}: what it has done already stays done`],
    // Runs that are not told prove nothing.
    isDone: ({ item: now }) => now?.inFlight?.every((run) => run.id !== id) ?? false,
  }));
}

/** Its worker is asked to tell the server what it serves, as it does when it starts. */
function register(seen: FunctionSeen): RunDeed {
  const { server } = seen;
  const refusal: Refusal | null =
    server.worker === null
      ? {
          ...{ code: 'NOT_OFFERED', message: 'its worker is not known', canForce: false },
          hint: `name it in inventory.yaml: inngest[] ${server.name}, worker`,
        }
      : null;
  return {
    ...{ ...plain, verb: 'register', object: null, risk: 'safe', refusal },
    steps: refusal ? [] : [stepOf(seen, 'register', { type: 'register' })],
    isDone: ({ app }) =>
      app.connected === true && app.registered !== null && app.missing.length === 0,
  };
}

function hasNewRun({ item }: FunctionSeen, before: FunctionReport): boolean {
  const known = new Set([before.lastRun, ...(before.inFlight ?? [])].map((run) => run?.id));
  const runs = item ? [item.lastRun, ...(item.inFlight ?? [])] : [];
  return runs.some((run) => run !== null && !known.has(run.id));
}
