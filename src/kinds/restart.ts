import type { ExecStep, Refusal, Step } from '../model/plan.ts';

/** How a kind restarts a unit, by what was last seen of it: data, which others run. */
export interface Restart {
  /** What is started anew, by its manager's name for it. */
  readonly unit: string;
  readonly steps: readonly Step[];
  readonly warnings: readonly string[];
  readonly refusal: Refusal | null;
  /** It has come up when it has run for so long. */
  readonly minimumMs: number;
}

const usualMs = 15_000;

/** A program that must exit with 0. */
export function execStep(title: string, argv: readonly [string, ...string[]]): ExecStep {
  return { kind: 'exec', title, argv, okExits: [0], retry: null, timeoutMs: usualMs };
}

/** What its manager does not know cannot be restarted. */
export function notFound(unit: string, message: string, hint: string): Restart {
  return {
    ...{ unit, steps: [], warnings: [], minimumMs: 0 },
    refusal: { code: 'NOT_FOUND', message, hint, canForce: false },
  };
}
