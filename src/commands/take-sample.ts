import { UserError } from '../model/errors.ts';
import { explain } from '../model/explain.ts';
import { emptyNetworkState, type NetworkState } from '../model/health.ts';
import type { Report } from '../model/report.ts';
import { check } from '../watch/sample.ts';
import type { Context } from './context.ts';
import { loadLastKnown, saveLastKnown } from './last-known-file.ts';
import { openNetwork } from './open-network.ts';
import { narrowed, type Picked, pick } from './pick.ts';

/** One sample, explained, and what of it was asked for. */
export interface Sample {
  readonly report: Report;
  readonly picked: Picked | null;
  readonly badge: string | null;
}

/**
 * Takes one sample within `--timeout`, compares it with the last known state and keeps it. Only
 * what the ids need is asked; with none, everything.
 */
export async function takeSample(context: Context, ids: readonly string[]): Promise<Sample> {
  const open = await openNetwork(context);
  const { transports, badge } = open;
  const picked = pick(open.network, ids);
  const lastKnown = await loadLastKnown(open, context);
  const previous = lastKnown ?? emptyNetworkState;
  const deadline = AbortSignal.timeout(context.options.timeoutMs);
  const signal = AbortSignal.any([deadline, context.signal]);
  try {
    const state = await check(narrowed(open.network, picked), transports, { previous, signal });
    if (context.signal.aborted) throw interrupted();
    if (isDue(lastKnown, state, open.network.inventory.defaults.intervalMs)) {
      await saveLastKnown(open, state, context);
    }
    return { report: explain(open.network, state, transports.clock.now()), picked, badge };
  } finally {
    await transports.close();
  }
}

/** What ctrl-c and SIGTERM make of a sample. */
export function interrupted(): UserError {
  return new UserError('interrupted before the sample was whole', {
    code: 'INTERRUPTED',
    hint: 'nothing was kept of it',
    exitCode: 130,
  });
}

/** A stored sample younger than the interval is somebody's who polls: it is left alone. */
function isDue(lastKnown: NetworkState | null, now: NetworkState, intervalMs: number): boolean {
  if (!lastKnown?.at || !now.at) return true;
  return Math.abs(Date.parse(now.at) - Date.parse(lastKnown.at)) >= intervalMs;
}
