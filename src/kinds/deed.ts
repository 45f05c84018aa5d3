import type { JsonObject } from '../model/json.ts';
import type { ExecStep, Refusal, Risk, Step } from '../model/plan.ts';
import type { UnitVerb } from '../model/verb.ts';

/** What a kind can do to a unit, by what was last seen of it: data, which others run. */
export interface Deed {
  readonly verb: UnitVerb;
  /** The part of it that it is done to: a pod's name; null for the whole. */
  readonly object: string | null;
  /** By its manager's name for it. */
  readonly unit: string;
  readonly risk: Risk;
  /** Its processes end, and with them the work that they are at. */
  readonly interrupts: boolean;
  /** Whether only root may do it; `maybe` where its host's polkit has a say. */
  readonly needsRoot: 'no' | 'maybe' | 'yes';
  readonly steps: readonly Step[];
  readonly warnings: readonly string[];
  readonly refusal: Refusal | null;
  /** Why there is nothing to be done; null when there is. */
  readonly needless: string | null;
  /** It has come up when it has run for so long. */
  readonly minimumMs: number;
  /** What the unit's facts are like when it was done; null: another process stands there, and is well. */
  readonly isDone: ((facts: JsonObject) => boolean) | null;
}

const usualMs = 15_000;

/** A program that must exit with 0. */
export function execStep(title: string, argv: readonly [string, ...string[]]): ExecStep {
  return { kind: 'exec', title, argv, okExits: [0], retry: null, timeoutMs: usualMs };
}

/** Risk, and whether it ends processes, of each verb. */
const nature: Readonly<Record<UnitVerb, Pick<Deed, 'risk' | 'interrupts'>>> = {
  restart: { risk: 'disruptive', interrupts: true },
  start: { risk: 'safe', interrupts: false },
  stop: { risk: 'disruptive', interrupts: true },
  reload: { risk: 'safe', interrupts: false },
  'reset-failed': { risk: 'safe', interrupts: false },
  enable: { risk: 'safe', interrupts: false },
  disable: { risk: 'disruptive', interrupts: false },
  'delete-pod': { risk: 'destructive', interrupts: true },
};

/** A deed of a verb; what is not told is as it is for most. */
export function deedOf(
  verb: UnitVerb,
  unit: string,
  more: Partial<Omit<Deed, 'verb' | 'unit'>>,
): Deed {
  return {
    ...{ verb, unit, object: null, ...nature[verb], steps: [], warnings: [], refusal: null },
    needsRoot: 'no',
    ...{ needless: null, minimumMs: 0, isDone: null, ...more },
  };
}

/** What its manager does not know cannot be acted on. */
export function notFound(message: string, hint: string): Refusal {
  return { code: 'NOT_FOUND', message, hint, canForce: false };
}
