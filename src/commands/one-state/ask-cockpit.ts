import type { Network } from '../../model/check.ts';
import { emptyNetworkState, type NetworkState } from '../../model/health.ts';
import type { JsonObject } from '../../model/json.ts';
import { withChange } from '../../watch/state-change.ts';
import type { Context } from '../context.ts';
import { loadLastKnown } from '../last-known-file.ts';
import type { OpenNetwork } from '../open-network.ts';
import type { Ask } from './messages.ts';
import { talkToCockpit } from './talk-to-cockpit.ts';

type Asked = Pick<OpenNetwork, 'stateFolder' | 'identity' | 'network'>;
/** An answer is on its way for as long. */
const leastMs = 1000;

type Asker = Pick<Context, 'options' | 'signal'>;

/**
 * The state of a running cockpit in which none of these checks is much older than its interval; null when
 * there is none to answer, when it polls another inventory or none, or when it has taken half of
 * `--timeout`: the rest is left to look for oneself.
 */
export async function askCockpit(
  { stateFolder, identity, network }: Asked,
  checks: readonly string[],
  asker: Asker,
): Promise<NetworkState | null> {
  const state = await answerTo(stateFolder, { want: 'sample', network: identity, checks }, asker);
  return state !== null && isInTime(state, network, checks) ? state : null;
}

/** What it asked first has grown old where it took as long again until all were answered. */
function isInTime(
  { health }: NetworkState,
  { checks }: Network,
  wanted: readonly string[],
): boolean {
  const nowMs = Date.now();
  const asked = new Set(wanted);
  return checks.every(({ id, intervalMs }) => {
    const ageMs = nowMs - Date.parse(health[id]?.seenAt ?? '');
    return !asked.has(id) || ageMs <= 2 * Math.max(intervalMs, leastMs);
  });
}

/** Has a running cockpit look again at what something was done to, and waits until it has. */
export async function refreshCockpit(
  { stateFolder, identity }: Asked,
  checks: readonly string[],
  asker: Asker,
): Promise<void> {
  const ask = { want: 'sample', network: identity, checks, sinceMs: Date.now() } as const;
  await answerTo(stateFolder, ask, asker);
}

/** What a sample is compared with: what whoever polls knows by now, else what was last kept. */
export async function knownBefore(
  open: OpenNetwork,
  context: Context,
): Promise<NetworkState | null> {
  return (await askCockpit(open, [], context)) ?? loadLastKnown(open, context);
}

/** Tells a running cockpit what is from now on the measure; whether it has taken it. */
export async function acceptInCockpit(
  { stateFolder, identity }: Asked,
  facts: Readonly<Record<string, JsonObject>>,
  asker: Asker,
): Promise<boolean> {
  return (
    (await answerTo(stateFolder, { want: 'accept', network: identity, facts }, asker)) !== null
  );
}

function answerTo(
  stateFolder: string,
  ask: Ask,
  { options, signal }: Asker,
): Promise<NetworkState | null> {
  const { promise, resolve } = Promise.withResolvers<NetworkState | null>();
  let state: NetworkState | null = null;
  const stop = (): void => talk?.close();
  const late = setTimeout(stop, options.timeoutMs / 2);
  signal.addEventListener('abort', stop);
  const end = (): void => {
    clearTimeout(late);
    signal.removeEventListener('abort', stop);
    resolve(state);
  };
  const talk = talkToCockpit({
    stateFolder,
    ask,
    onTold: (told) => {
      if (told.type === 'state') state = withChange(emptyNetworkState, told.change);
    },
    onEnd: end,
  });
  if (!talk) end();
  return promise;
}
