import type { StepBlock } from './step-rows.ts';

/** A thing that can be done, or why it cannot. */
export interface Choice {
  /** `stop`, `delete-pod redis-0` */
  readonly name: string;
  /** What it may do: `safe`, `disruptive`, `destructive`. */
  readonly risk: string;
  /** What keeps it from being done; null when nothing does. */
  readonly why: string | null;
}

/**
 * An action as it is shown over a tab: what there is to choose from, a question, then what becomes of it.
 * `asking` waits for a key; `may` says which: `y` acts, only `F` acts in spite of what speaks against it,
 * or nothing can be done. Where a name is wanted it must be typed in place of either.
 */
export interface ActionView {
  /** `restart panda/worker` */
  readonly title: string;
  readonly phase: 'choosing' | 'planning' | 'asking' | 'acting' | 'done' | 'failed' | 'refused';
  readonly may: 'act' | 'force' | null;
  /** All of it in words. */
  readonly lines: readonly string[];
  /** Of these lines those that tell steps, as data: a table where it has room. By place, none over another. */
  readonly steps?: readonly StepBlock[];
  readonly choices?: readonly Choice[];
  readonly wantsName?: string | null;
}

/** Nothing more will come of it. */
export function isOver({ phase }: ActionView): boolean {
  return phase === 'done' || phase === 'failed' || phase === 'refused';
}
