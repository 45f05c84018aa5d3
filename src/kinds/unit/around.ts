import type { JsonObject } from '../../model/json.ts';
import type { Machine } from '../../transports/contract.ts';
import type { ObserveContext } from '../contract.ts';
import type { AroundFacts, Survival } from './facts.ts';
import { logFile } from './log-file.ts';
import { portHolder } from './port-holder.ts';
import { type FileStats, statFiles } from './stat-files.ts';

/** What a kind tells of its unit, so that one can look around it. */
export interface Unit {
  readonly system: Machine['system'];
  readonly pid: number | null;
  /** Linux only. */
  readonly controlGroup: string | null;
  readonly logs: readonly string[];
  /** Null where it has none, or where a link would do. */
  readonly file: string | null;
  survival(context: ObserveContext, files: FileStats): Promise<Survival>;
}

/** Looked at this often, and at once when there is another process. */
const everyMs = 60_000;
/** None of it is worth waiting for. */
const patienceMs = 2000;

/** Nobody has looked. */
export const nothingAround: AroundFacts = {
  portHolder: null,
  survivesReboot: null,
  rebootWhy: null,
  log: null,
  aroundAtMs: null,
  aroundPid: null,
};

/** What stands around a service's unit: asked once a minute, and carried over in between. */
export async function lookAround(unit: Unit, context: ObserveContext): Promise<AroundFacts> {
  const { service, previous, transports, options } = context;
  if (service === null) return nothingAround;
  const nowMs = transports.clock.now();
  const known = knownOf(previous?.facts ?? {}, unit, nowMs);
  if (known) return known;
  const timeoutMs = Math.min(options.timeoutMs, patienceMs);
  const patient = { ...context, options: { ...options, timeoutMs } };
  const { pid, system, controlGroup, logs, file } = unit;
  const [holder, [log, survival]] = await Promise.all([
    service.port === null || pid === null
      ? null
      : portHolder(service.port, { pid, controlGroup }, { system, context: patient }),
    statFiles(file === null ? logs : [file, ...logs], system, patient).then(
      async (stats) =>
        [logFile(logs, stats, patient), await unit.survival(patient, stats)] as const,
    ),
  ]);
  return { portHolder: holder, ...survival, log, aroundAtMs: nowMs, aroundPid: pid };
}

/** The last look, while it is fresh and of the same process. */
function knownOf(before: JsonObject, { pid }: Unit, nowMs: number): AroundFacts | null {
  const { portHolder, survivesReboot, rebootWhy, log, aroundAtMs, aroundPid } = before;
  if (typeof aroundAtMs !== 'number' || aroundPid !== pid) return null;
  const ageMs = nowMs - aroundAtMs;
  if (ageMs < 0 || ageMs >= everyMs) return null;
  // Our own facts of the last sample, made plain since.
  const last = { portHolder, survivesReboot, rebootWhy, log, aroundAtMs, aroundPid };
  return last as unknown as AroundFacts;
}
