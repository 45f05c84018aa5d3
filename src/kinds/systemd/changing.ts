import type { ObserveContext } from '../contract.ts';
import type { UnitFacts } from './facts.ts';
import type { Properties } from './read-show.ts';
import { readSpan } from './read-time.ts';

/** systemd's DefaultTimeoutStartSec. */
const usualLimitMs = 90_000;

/** The host's clock may differ from this one's by so much: what it says of times counts only past that. */
const clocksDifferMs = 5 * 60_000;

type State = Pick<UnitFacts, 'activeState' | 'subState' | 'serviceType' | 'stateSince'>;

/** Between two states, on its way to a third. */
export function isChanging({
  activeState,
  subState,
  serviceType,
}: Omit<State, 'stateSince'>): boolean {
  if (!/^(?:activating|deactivating|reloading|refreshing)$/.test(activeState)) return false;
  return !isRestartDue({ subState }) && !isAtWork({ activeState, subState, serviceType });
}

/** A oneshot is `activating` for as long as its program runs (systemd.service(5), `Type=`). */
export function isAtWork({
  activeState,
  subState,
  serviceType,
}: Omit<State, 'stateSince'>): boolean {
  const isStart = /^(?:condition|start-pre|start|start-post)$/.test(subState);
  return activeState === 'activating' && serviceType === 'oneshot' && isStart;
}

/** It has ended and is started again after its RestartSec; the words are of 252 and of 254. */
export function isRestartDue({ subState }: Pick<State, 'subState'>): boolean {
  return /^auto-restart|-before-auto-restart$/.test(subState);
}

/** How long it has been between two states, as far as samples have seen it or its host's clock tells. */
export function changingFacts(
  properties: Properties,
  state: State,
  { previous, transports }: ObserveContext,
): Pick<UnitFacts, 'limitSeconds' | 'changingSinceMs' | 'changingSeconds'> {
  const key = state.activeState === 'deactivating' ? 'TimeoutStopUSec' : 'TimeoutStartUSec';
  const limitSeconds = (readSpan(properties.get(key)) || usualLimitMs) / 1000;
  if (!isChanging(state)) return { limitSeconds, changingSinceMs: null, changingSeconds: null };
  const nowMs = transports.clock.now();
  const before = previous?.facts ?? {};
  const goesOn = (['activeState', 'subState', 'stateSince'] as const).every(
    (one) => before[one] === state[one],
  );
  const since = goesOn ? before['changingSinceMs'] : null;
  const seenSinceMs = typeof since === 'number' ? since : nowMs;
  const saidSinceMs =
    state.stateSince === null ? nowMs : Date.parse(state.stateSince) + clocksDifferMs;
  const changingSinceMs = Math.min(seenSinceMs, saidSinceMs);
  const changingSeconds = Math.floor((nowMs - changingSinceMs) / 1000);
  return { limitSeconds, changingSinceMs, changingSeconds };
}
