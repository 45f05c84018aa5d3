import type { FunctionsReceipt } from '../model/plan.ts';
import type { FunctionsReport } from '../model/report.ts';
import type { Clock } from '../transports/contract.ts';

export interface FunctionsGround {
  readonly clock: Clock;
  /** A fresh sample of the Inngest server. */
  look(): Promise<FunctionsReport>;
  /** Asks the worker to register its functions; resolves with why that failed, null when it did not. */
  register(): Promise<string | null>;
  readonly signal: AbortSignal;
}

/** Within this a worker that has started is registered by itself. */
const patienceMs = 10_000;
const betweenMs = 1000;

/**
 * Counts an app's functions by name after its worker's restart. Where they are not all back within ten
 * seconds the worker is asked to register them, and they are counted once more.
 */
export async function verifyFunctions(
  server: string,
  before: readonly string[],
  ground: FunctionsGround,
): Promise<FunctionsReceipt> {
  const first = await untilAllThere(server, before, ground);
  const known = { before: before.length };
  if (isWhole(first)) return { ...first, ...known, asked: false, trouble: null };
  const trouble = await ground.register();
  const second = await untilAllThere(server, before, ground);
  return { ...second, ...known, asked: true, trouble };
}

type Counted = Pick<FunctionsReceipt, 'app' | 'after' | 'missing'>;

/** Nothing is proved of functions that could not be counted. */
export function isWhole({ after, missing }: Counted): boolean {
  return after !== null && missing.length === 0;
}

async function untilAllThere(
  server: string,
  before: readonly string[],
  { clock, look, signal }: FunctionsGround,
): Promise<Counted> {
  const startedMs = clock.monotonicMs();
  for (;;) {
    const counted = count(server, before, await look());
    const isLate = clock.monotonicMs() - startedMs >= patienceMs;
    if (isWhole(counted) || isLate || signal.aborted) return counted;
    await clock.sleep(betweenMs, signal).catch(() => {});
  }
}

/**
 * An app that is not connected serves nothing, whatever its server remembers. Where none was known
 * before, all that its server or the inventory names are wanted.
 */
function count(server: string, before: readonly string[], report: FunctionsReport): Counted {
  const app = report.apps.find((one) => one.server === server);
  const isAway = app?.connected !== true;
  const there = isAway ? [] : registeredNames(server, report);
  const all = report.items.filter((item) => item.server === server).map(({ name }) => name);
  const wanted = before.length > 0 ? before : all;
  return {
    app: app?.app ?? server,
    after: isAway ? null : there.length,
    missing: wanted.filter((name) => !there.includes(name)),
  };
}

/** The names that a server has registered, missing ones left out. */
export function registeredNames(server: string, { items }: FunctionsReport): readonly string[] {
  return items
    .filter((item) => item.server === server && !item.marks.includes('missing'))
    .map(({ name }) => name);
}
