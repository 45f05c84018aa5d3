import { UserError } from '../model/errors.ts';
import { explain } from '../model/explain.ts';
import { emptyNetworkState, type NetworkState } from '../model/health.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Report } from '../model/report.ts';
import { check } from '../watch/sample.ts';
import type { Context } from './context.ts';
import { saveLastKnown } from './last-known-file.ts';
import { takePollLock } from './lock.ts';
import { askCockpit, knownBefore } from './one-state/ask-cockpit.ts';
import { type OpenNetwork, openNetwork } from './open-network.ts';
import { narrowed, type Picked, pick } from './pick.ts';

/** One sample, explained, and what of it was asked for. */
export interface Sample {
  readonly report: Report;
  readonly inventory: Inventory;
  readonly picked: Picked | null;
  readonly badge: string | null;
  /** Who has looked: this process, or a running cockpit. */
  readonly source: 'probe' | 'cockpit';
}

/**
 * A sample within `--timeout`: from a running cockpit unless it is to be fresh, else taken, compared
 * with the last known state and kept. Only what the ids need is asked; with none, everything.
 */
export async function takeSample(context: Context, ids: readonly string[]): Promise<Sample> {
  const open = await openNetwork(context);
  const { transports, badge } = open;
  const deadline = AbortSignal.timeout(context.options.timeoutMs);
  const picked = pick(open.network, ids);
  const network = narrowed(open.network, picked);
  try {
    const asked = network.checks.map(({ id }) => id);
    const known = context.options.fresh ? null : await askCockpit(open, asked, context);
    if (context.signal.aborted) throw interrupted();
    const state = known ?? (await probe({ ...open, network }, context, deadline));
    const source = known ? 'cockpit' : 'probe';
    // What was not asked about is not there, rather than unknown.
    const report = explain(network, state, transports.clock.now());
    return { report, inventory: open.network.inventory, picked, badge, source };
  } finally {
    await transports.close();
  }
}

/** Asks every check of a network that may be narrowed. */
async function probe(
  open: OpenNetwork,
  context: Context,
  deadline: AbortSignal,
): Promise<NetworkState> {
  const lastKnown = await knownBefore(open, context);
  const previous = lastKnown ?? emptyNetworkState;
  const signal = AbortSignal.any([deadline, context.signal]);
  const state = await check(open.network, open.transports, { previous, signal });
  if (context.signal.aborted) throw interrupted();
  if (isDue(lastKnown, state, open.network.inventory.defaults.intervalMs)) {
    await keep(open, state, context);
  }
  return state;
}

/** Whoever polls keeps the state: then this sample is for its reader only. */
async function keep(open: OpenNetwork, state: NetworkState, context: Context): Promise<void> {
  const lock = await takePollLock(open.stateFolder).catch(() => 'unwritable' as const);
  if (lock === null) return;
  try {
    await saveLastKnown(open, state, context);
  } finally {
    if (lock !== 'unwritable') lock.release();
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
