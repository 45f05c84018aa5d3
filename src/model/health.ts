import type { Fault } from './fault.ts';
import type { JsonObject } from './json.ts';
import type { PartKind } from './result.ts';
import type { State } from './state.ts';

/** How far a change has come: `n` results in a row out of the `of` that make it firm. */
export interface Streak {
  readonly toward: State | null;
  readonly n: number;
  readonly of: number;
}

/** What a sample that did not fail has said. */
export interface Measured {
  readonly state: State;
  readonly note: string;
  readonly facts: JsonObject;
}

/** What is remembered of one check or part: its last sample, and how firm that is. */
export interface Health {
  /** What the last sample saw, shown at once. */
  readonly state: State;
  readonly note: string;
  /** When `state` was first seen; no sample since then has seen another. */
  readonly since: string;
  /**
   * When it was looked at again after a gap of more than 3 waits within this state: what it was
   * meanwhile nobody knows. The last such gap's end; null where there was none.
   */
  readonly unwatchedUntil: string | null;
  /** What it was before that; null when nothing was known. */
  readonly cameFrom: State | null;
  readonly seenAt: string;
  /** The wait that the poller announced with this sample; nothing heard for 3 of them is stale. */
  readonly waitMs: number;
  readonly confirmed: { readonly state: State; readonly since: string };
  readonly streak: Streak;
  readonly flapping: boolean;
  /** The classes of the last samples, oldest first: `g`ood, `b`ad, `u`nmeasured. */
  readonly recent: string;
  readonly latencyMs: number | null;
  readonly facts: JsonObject;
  readonly fault: Fault | null;
  /** The last sample without a fault: what counters and thresholds with hysteresis go on from. */
  readonly measured: Measured | null;
  /** Only a part has these: what it is and what it is called. */
  readonly part: { readonly kind: PartKind; readonly name: string } | null;
}

/** A change that has become firm. `to: 'gone'` is a part that a whole answer no longer names. */
export interface Transition {
  readonly check: string;
  readonly from: State;
  readonly to: State | 'gone';
  readonly at: string;
  readonly note: string;
}

/** All that is known of a network at one moment. Plain JSON. */
export interface NetworkState {
  readonly at: string | null;
  readonly health: Readonly<Record<string, Health>>;
  readonly transitions: readonly Transition[];
}

/** Nothing is known yet. */
export const emptyNetworkState: NetworkState = { at: null, health: {}, transitions: [] };

/** More than these are forgotten, the oldest first. */
export const keptTransitions = 500;
