import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ObserveContext } from '../contract.ts';
import { lookAround } from '../unit/around.ts';
import type { AroundFacts } from '../unit/facts.ts';
import { fileLog, lastWords, type Speaker } from '../unit/last-words.ts';
import { askDisabled } from './ask.ts';
import type { LaunchdFacts, LoadedFacts } from './facts.ts';
import { judge } from './judge.ts';
import { observeLoaded } from './observe-loaded.ts';
import { lookFor, observeMissing } from './observe-missing.ts';
import { survivalOf } from './survival.ts';
import { uptimeOf } from './uptime.ts';

/**
 * What launchd knows of a label: one process in a sample, one more where it has just stopped being
 * well and each minute while that lasts. Of one that has just gone missing all domains are asked.
 */
export async function observe(label: string, context: ObserveContext): Promise<LaunchdFacts> {
  const { host, transports, options, previous } = context;
  const { system, uid } = await transports.machine(host, options);
  if (system !== 'darwin') {
    throw new FaultError(faultOf('tool-missing', `${host.name} has no launchd: it is not a Mac`));
  }
  const { clock } = transports;
  const startedMs = clock.monotonicMs();
  const looked = await lookFor({ label, uid }, context);
  if (looked.found === null) return observeMissing({ label, uid }, looked, context);
  const loaded = await observeLoaded(looked.found, context);
  const looksWell = loaded.pid !== null || judge(loaded, previous).state === 'idle';
  const isTold = !looksWell || context.thorough === true;
  const told = isTold ? await disabledFacts(label, loaded, context) : {};
  const facts = { ...loaded, ...told, latencyMs: clock.monotonicMs() - startedMs };
  const [uptime, beside, said] = await Promise.all([
    uptimeOf(facts, context),
    around({ label, uid, facts }, context),
    lastWords(speakerOf(facts, looksWell), context),
  ]);
  return { ...facts, ...uptime, ...beside, lastWords: said };
}

const askAgainMs = 60_000;

/** Whether it is disabled, as it was told within the last minute where it was unwell then too. */
async function disabledFacts(
  label: string,
  { domain }: LoadedFacts,
  context: ObserveContext,
): Promise<Pick<LoadedFacts, 'disabled' | 'disabledAtMs'>> {
  const nowMs = context.transports.clock.now();
  const before = context.previous?.facts ?? {};
  const [disabled, disabledAtMs] = [before['disabled'], before['disabledAtMs']];
  const ageMs = typeof disabledAtMs === 'number' ? nowMs - disabledAtMs : Infinity;
  const isKnown = before['domain'] === domain && ageMs >= 0 && ageMs < askAgainMs;
  if (isKnown && context.thorough !== true && typeof disabled === 'boolean' && disabledAtMs) {
    return { disabled, disabledAtMs: nowMs - ageMs };
  }
  return { disabled: await askDisabled(label, domain, context), disabledAtMs: nowMs };
}

/** What went wrong is told to its stderr first. A bad exit stays its last one, however well it runs since. */
function speakerOf({ logs, starts }: LoadedFacts, looksWell: boolean): Speaker {
  const paths = new Set([logs.stderr, logs.stdout].filter((path) => path !== null));
  const files = [...paths].filter((path) => /^\/(?!dev\/)/.test(path));
  return { isUnwell: !looksWell, starts, logs: files.map(fileLog) };
}

/** One process of launchctl is all that a unit may cost; the rest is asked of others. */
function around(
  job: { readonly label: string; readonly uid: number; readonly facts: LoadedFacts },
  context: ObserveContext,
): Promise<AroundFacts> {
  const { pid, logs } = job.facts;
  return lookAround(
    {
      system: 'darwin',
      pid,
      controlGroup: null,
      logs: [logs.stdout, logs.stderr].filter((path) => path !== null),
      file: job.facts.path,
      survival: (patient, files) => survivalOf(job, files, patient),
    },
    context,
  );
}
