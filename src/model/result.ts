import type { Fault } from './fault.ts';
import type { JsonObject } from './json.ts';
import type { State } from './state.ts';

/** What a kind makes of its facts. The note is one line and holds no number that moves by itself. */
export interface Verdict {
  readonly state: State;
  readonly note: string;
}

/** What a check can find. */
export type PartKind = 'function' | 'k8s-node' | 'peer' | 'file';

/** A thing that a check found: it has a health of its own, under `<check>#<part>`. */
export interface Part {
  readonly id: string;
  readonly kind: PartKind;
  readonly name: string;
  readonly verdict: Verdict;
  readonly facts: JsonObject;
}

/** One measurement of one check. `at` is RFC 3339 UTC; `latencyMs` is null when nothing answered. */
export interface Result {
  readonly check: string;
  readonly at: string;
  readonly latencyMs: number | null;
  readonly facts: JsonObject;
  readonly verdict: Verdict;
  readonly parts: readonly Part[];
  readonly fault: Fault | null;
}
