import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ObserveContext } from '../contract.ts';
import { lookAround } from '../unit/around.ts';
import type { AroundFacts } from '../unit/facts.ts';
import { fileLog, lastWords, type Speaker } from '../unit/last-words.ts';
import { askDisabled, askDomains } from './ask.ts';
import type { LaunchdFacts, LoadedFacts } from './facts.ts';
import { judge } from './judge.ts';
import { observeLoaded } from './observe-loaded.ts';
import { observeMissing } from './observe-missing.ts';
import { survivalOf } from './survival.ts';
import { uptimeOf } from './uptime.ts';

/** What launchd knows of a label: one process while it is well, one more when it is not. */
export async function observe(label: string, context: ObserveContext): Promise<LaunchdFacts> {
  const { host, transports, options, previous } = context;
  const { system, uid } = await transports.machine(host, options);
  if (system !== 'darwin') {
    throw new FaultError(faultOf('tool-missing', `${host.name} has no launchd: it is not a Mac`));
  }
  const { clock } = transports;
  const startedMs = clock.monotonicMs();
  const printed = await askDomains({ label, uid }, context);
  if (printed.found === null) return observeMissing({ label, uid }, printed, context);
  const loaded = await observeLoaded(printed.found, context);
  const looksWell = loaded.pid !== null || judge(loaded, previous).state === 'idle';
  const isTold = !looksWell || context.thorough === true;
  const disabled = !isTold ? null : await askDisabled(label, loaded.domain, context);
  const facts = { ...loaded, disabled, latencyMs: clock.monotonicMs() - startedMs };
  const [uptime, beside, said] = await Promise.all([
    uptimeOf(facts, context),
    around({ label, uid, facts }, context),
    lastWords(speakerOf(facts, looksWell), context),
  ]);
  return { ...facts, ...uptime, ...beside, lastWords: said };
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
