/** One step of a plan: what is done by which command, how far it is, what is to be said of it. */
export interface PlanStep {
  readonly what: string;
  /** As a person would type it; empty where there is none. */
  readonly command: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  readonly note: string;
}

/** Steps that stand for some of an action's lines: `count` of them from `at` on tell the same in words. */
export interface StepBlock {
  readonly at: number;
  readonly count: number;
  readonly steps: readonly PlanStep[];
}

const glyphs: Readonly<Record<PlanStep['state'], string>> = {
  waiting: '·',
  running: '…',
  done: '✓',
  failed: '✕',
  skipped: '–',
};

/** A row of a small table for each step. */
export function stepRows(steps: readonly PlanStep[]) {
  return steps.map(({ what, command, state, note }) => ({
    state: `${glyphs[state]} ${state}`,
    step: what,
    how: [command, note].filter((words) => words !== '').join(' · '),
  }));
}
