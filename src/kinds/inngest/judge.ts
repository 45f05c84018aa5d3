import type { Verdict } from '../../model/result.ts';
import type { AppFacts, FunctionFacts, InngestFacts } from './facts.ts';
import { triggerWords } from './triggers.ts';

/** Every status of a run (RunTraceStatus, FunctionRunStatus). */
const statuses: ReadonlySet<string> = new Set([
  'QUEUED',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'SKIPPED',
]);

/**
 * A server whose app is away, or cannot be called, starts nothing at all: `down`, though the server
 * itself answers. Where single functions are in trouble the rest works: `degraded`.
 */
export function judgeServer(facts: InngestFacts): Verdict {
  const { wanted, apps, registered, runsTrouble } = facts;
  if (apps.length === 0) return { state: 'down', note: noApp(wanted) };
  const away = apps.map(appTrouble).filter((trouble) => trouble !== null);
  if (away.length > 0) return { state: 'down', note: away.join('; ') };
  const troubles = [...nameTroubles(facts), ...functionTroubles(facts)];
  if (troubles.length > 0) return { state: 'degraded', note: troubles.join('; ') };
  if (runsTrouble !== null) return { state: 'unknown', note: `runs not known: ${runsTrouble}` };
  return { state: 'up', note: `${registered} function${registered === 1 ? '' : 's'}` };
}

function noApp(wanted: string | null): string {
  return wanted === null ? 'no app is registered' : `app ${wanted} is not registered`;
}

/** `connected` is the server's word for having no error. */
function appTrouble({ name, connected, error }: AppFacts): string | null {
  if (connected && error === null) return null;
  return `app ${name} is not connected${error === null ? '' : `: ${error}`}`;
}

function nameTroubles(facts: InngestFacts): readonly string[] {
  const { missing, unexpected, registered, served, workerTrouble, apps } = facts;
  const differs = served !== null && apps.length === 1 && served !== registered;
  return [
    ...(missing.length === 0 ? [] : [`not registered: ${listed(missing)}`]),
    ...(unexpected.length === 0 ? [] : [`not expected: ${listed(unexpected)}`]),
    ...(differs ? [`the worker serves ${served}, ${registered} are registered`] : []),
    ...(workerTrouble === null ? [] : [`the worker: ${workerTrouble}`]),
  ];
}

/** The first that is in trouble of its own, and how many more are. */
function functionTroubles({ functions, runsTrouble }: InngestFacts): readonly string[] {
  const [first, ...others] = functions
    .filter(({ registered }) => registered)
    .flatMap((one) => {
      const trouble = (runsTrouble === null ? runTrouble(one) : null) ?? lostTrigger(one);
      return trouble === null ? [] : [`${one.name}: ${trouble}`];
    });
  if (first === undefined) return [];
  return [others.length === 0 ? first : `${first} (and ${others.length} more)`];
}

/**
 * One function. Where the app as a whole is away that is the one story, told by its check: each of
 * its functions is suppressed by it.
 */
export function judgeFunction(one: FunctionFacts, facts: InngestFacts): Verdict {
  const app = facts.apps.find(({ name }) => name === one.app);
  const away = app ? appTrouble(app) : null;
  if (facts.apps.length === 0) return { state: 'suppressed', note: noApp(facts.wanted) };
  if (away !== null) return { state: 'suppressed', note: away };
  if (!one.registered) return { state: 'down', note: 'not registered: nothing starts it' };
  const ran = facts.runsTrouble === null ? runTrouble(one) : null;
  const trouble = ran ?? lostTrigger(one);
  if (trouble !== null) return { state: 'degraded', note: trouble };
  if (!one.expected) return { state: 'degraded', note: 'not on the list of the inventory' };
  if (facts.runsTrouble !== null) {
    return { state: 'unknown', note: `runs not known: ${facts.runsTrouble}` };
  }
  const status = one.lastRun?.status ?? 'COMPLETED';
  if (!statuses.has(status)) {
    return { state: 'unknown', note: `the status "${status}" of its last run is not known here` };
  }
  return { state: 'up', note: one.triggerChange === 'replaced' ? triggerWords(one) : '' };
}

/** A trigger that went with nothing in its place: what it stood for starts nothing any more. */
function lostTrigger(one: FunctionFacts): string | null {
  return one.triggerChange === 'lost' ? triggerWords(one) : null;
}

/** What is the matter with a function, in single words: several may be at once. */
export function marksOf(one: FunctionFacts): readonly string[] {
  const marks: Readonly<Record<string, boolean>> = {
    missing: !one.registered,
    unexpected: !one.expected,
    failing: one.lastEnded?.status === 'FAILED',
    overdue: one.registered && one.overdue,
    stuck: one.runningSince !== null,
    'triggers-changed': one.triggerChange !== 'none',
  };
  return Object.keys(marks).filter((mark) => marks[mark]);
}

function runTrouble(one: FunctionFacts): string | null {
  const { overdue, lastCompletedAt, runningSince, lastEnded } = one;
  if (overdue) {
    const since = lastCompletedAt === null ? '' : ` since ${minuteOf(lastCompletedAt)}`;
    return `its cron is overdue: no completed run${since}`;
  }
  if (runningSince !== null) return `still running since ${minuteOf(runningSince)}`;
  if (lastEnded?.status !== 'FAILED') return null;
  const { error } = lastEnded;
  return error === null ? 'its last run failed' : `its last run failed: ${error}`;
}

function minuteOf(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')}Z`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
