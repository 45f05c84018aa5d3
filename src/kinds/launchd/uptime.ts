import type { ObserveContext } from '../contract.ts';
import { orNull } from '../unit/or-null.ts';
import type { LoadedFacts } from './facts.ts';

/** What print does not tell: asked of ps when a process is new, and remembered from then on. */
export async function uptimeOf(
  { pid, runs }: Pick<LoadedFacts, 'pid' | 'runs'>,
  context: ObserveContext,
): Promise<Pick<LoadedFacts, 'startedAtMs' | 'runningSeconds'>> {
  const { service, previous, transports } = context;
  if (service === null || pid === null) return notTold;
  const before = previous?.facts ?? {};
  const isKnown = before['pid'] === pid && before['runs'] === runs;
  const known = isKnown ? before['startedAtMs'] : null;
  const nowMs = transports.clock.now();
  const startedAtMs = typeof known === 'number' ? known : await startOf(pid, nowMs, context);
  // A first start is no restart, whatever its age.
  if (startedAtMs === null || (runs ?? 0) < 2) return { startedAtMs, runningSeconds: null };
  return { startedAtMs, runningSeconds: Math.max(0, Math.floor((nowMs - startedAtMs) / 1000)) };
}

const notTold = { startedAtMs: null, runningSeconds: null };

/** `ps -o etime=` prints `[[DD-]HH:]MM:SS` (ps(1)). */
async function startOf(
  pid: number,
  nowMs: number,
  context: ObserveContext,
): Promise<number | null> {
  const { host, transports, options } = context;
  const argv = ['/bin/ps', '-o', 'etime=', '-p', `${pid}`] as const;
  const output = await orNull(transports.exec({ on: host, argv }, options), context);
  const [, days, hours, minutes, seconds] =
    /^\s*(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+)\s*$/.exec(output?.stdout ?? '') ?? [];
  if (minutes === undefined) return null;
  const hoursSince = Number(days ?? 0) * 24 + Number(hours ?? 0);
  return nowMs - ((hoursSince * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
