import type { Health, Streak, Transition } from './health.ts';
import type { Result } from './result.ts';
import { classOf, type State, type StateClass } from './state.ts';

/** How many results in a row make a change firm, and when the next one is due. */
export interface FoldPolicy {
  readonly failureThreshold: number;
  readonly successThreshold: number;
  readonly waitMs: number;
}

/** The next health, and the change that has become firm with it. */
export interface Folded {
  readonly health: Health;
  readonly transition: Transition | null;
}

/** What fold reads of a result; a part brings the same without a check of its own. */
export type Sample = Omit<Result, 'parts'> & { readonly part?: Health['part'] };

const recentLength = 21;
const flapStart = 6;
const flapStop = 2;

/**
 * The only place where health changes: one check's health and one result make the next health.
 * Pure and total. A change is confirmed after `failureThreshold` bad or unmeasured results in a row,
 * `successThreshold` good ones; a result that points elsewhere starts the count anew.
 */
export function fold(before: Health | undefined, result: Sample, policy: FoldPolicy): Folded {
  const { state, note } = result.verdict;
  const confirmedBefore = before?.confirmed ?? { state: 'unknown', since: result.at };
  const streak = nextStreak(before, confirmedBefore.state, state, policy);
  const firm = streak.toward !== null && streak.n >= streak.of;
  const recent = ((before?.recent ?? '') + letterOf(classOf(state))).slice(-recentLength);
  const health: Health = {
    state,
    note,
    since: before?.state === state ? before.since : result.at,
    unwatchedUntil: before?.state === state ? gapEnd(before, result.at) : null,
    cameFrom: before?.state === state ? before.cameFrom : (before?.state ?? null),
    seenAt: result.at,
    waitMs: policy.waitMs,
    confirmed: firm ? { state, since: result.at } : confirmedBefore,
    streak: firm ? { toward: null, n: 0, of: streak.of } : streak,
    flapping: isFlapping(recent, before?.flapping ?? false),
    recent,
    latencyMs: result.latencyMs,
    facts: result.facts,
    fault: result.fault,
    measured: result.fault ? (before?.measured ?? null) : { state, note, facts: result.facts },
    part: result.part ?? null,
  };
  const transition = firm
    ? { check: result.check, from: confirmedBefore.state, to: state, at: result.at, note }
    : null;
  return { health, transition };
}

/** Nothing heard for this many announced waits is a gap. */
const gapWaits = 3;

/** A gap before `since` is none within the state. */
function gapEnd({ since, seenAt, waitMs, unwatchedUntil }: Health, at: string): string | null {
  const awayMs = Date.parse(at) - Date.parse(seenAt);
  const isWithin = Date.parse(since) <= Date.parse(seenAt);
  return isWithin && awayMs > gapWaits * waitMs ? at : unwatchedUntil;
}

function nextStreak(
  before: Health | undefined,
  confirmed: State,
  state: State,
  policy: FoldPolicy,
): Streak {
  const good = classOf(state) === 'good';
  const of = good ? policy.successThreshold : policy.failureThreshold;
  if (state === confirmed) return { toward: null, n: 0, of };
  const running = before?.streak.toward ?? null;
  const goesOn = running !== null && classOf(running) === classOf(state);
  return { toward: state, n: (goesOn && before ? before.streak.n : 0) + 1, of };
}

function letterOf(stateClass: StateClass): string {
  return stateClass === 'good' ? 'g' : stateClass === 'bad' ? 'b' : 'u';
}

/** Starts at 6 changes within the last 21 samples and ends only at 2 (Nagios' two thresholds). */
function isFlapping(recent: string, before: boolean): boolean {
  const changes = countChanges(recent);
  return before ? changes > flapStop : changes >= flapStart;
}

/** Being unable to look is neither a failure nor a recovery: `u` is passed over. */
function countChanges(recent: string): number {
  const measured = recent.replaceAll('u', '');
  let changes = 0;
  for (let index = 1; index < measured.length; index++) {
    if (measured[index] !== measured[index - 1]) changes++;
  }
  return changes;
}
