import type { TierName } from '../support/tiers.ts';
import type { Staged } from './staged.ts';

/** One line of the table. Only figures of one run may be compared: the machine is shared. */
export interface Figure {
  readonly name: string;
  /** The median, and of how many. */
  readonly ours: Amount;
  readonly n: number;
  /** What it is held against, measured in the same run; null when it stands for itself. */
  readonly versus: { readonly name: string; readonly amount: Amount } | null;
  /** What the issue asks for; null for a line that only informs. */
  readonly goal: { readonly text: string; readonly met: boolean } | null;
  /** Below the line: what was counted, what is missing here. */
  readonly notes?: readonly string[];
}

export type Unit = 'ms' | 'ms CPU' | '%' | 'MB' | 'B' | 'B/s' | '';

export interface Amount {
  readonly value: number;
  readonly unit: Unit;
}

/** A group of figures, measured one group after another. */
export interface Bench {
  readonly name: string;
  /** The servers without which it cannot run at all. */
  readonly needs?: readonly TierName[];
  measure(staged: Staged): Promise<readonly Figure[]>;
}

/** How many times a thing is run, once for warming up not counted. */
export const runs = 15;

/** The goal that a ratio stays at or below a limit. */
export function atMostTimes(ours: number, versus: number, limit: number): Figure['goal'] {
  return { text: `≤ ${limit} ×`, met: ours <= versus * limit };
}

/** The goal that an amount stays at or below a limit. */
export function atMost({ value, unit }: Amount, limit: number): Figure['goal'] {
  return { text: `≤ ${limit} ${unit}`.trim(), met: value <= limit };
}
