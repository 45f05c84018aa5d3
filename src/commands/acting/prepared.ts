import type { Wish } from '../../actions/plan-refusals.ts';
import type { Host } from '../../model/inventory.ts';
import type { Plan, Receipt, StepResult, UnitMark } from '../../model/plan.ts';
import type { OpenNetwork } from '../open-network.ts';
import type { Touched, Unit } from './unit-state.ts';

/** What one action needs besides the network. */
export interface ActGround {
  readonly open: OpenNetwork;
  readonly actor: string;
  /** Overrides cool-down and running work. */
  readonly force: boolean;
  /** How long it may take to be verified; null is what its manager needs as a rule. */
  readonly verifyMs: number | null;
  /** What a restart must prove beyond what is usual: samples in a row, and time past its minimum runtime. */
  readonly gate?: { readonly samples: number; readonly moreMs: number };
  readonly signal: AbortSignal;
  warn(line: string): void;
  /** A step of this plan begins, by its place. */
  onBegin?(plan: Plan, index: number): void;
  onStep(result: StepResult): void;
  onLook(seen: Pick<UnitMark, 'state' | 'note'>, good: number): void;
}

/** A plan, and what it takes to carry it out and to prove it. */
export interface Prepared {
  /** Of the service or function that it is done to. */
  readonly id: string;
  readonly wish: Wish;
  readonly plan: Plan;
  /** Where its programs run. */
  readonly host: Host;
  /** When its unit was acted on last, as the plan has it. */
  readonly touched: Touched;
  /** The checks that tell of what it touches. */
  readonly checks: readonly string[];
  /** The same wish by a new look: what was seen before is what it goes on from. */
  again(ground: ActGround): Promise<Prepared>;
  /** Looks after the steps until it is proved, or cannot be. */
  verify(ground: ActGround, steps: readonly StepResult[]): Promise<Receipt>;
  /** How it is after a step that failed; null where that cannot be told. */
  lookAfter?(ground: ActGround): Promise<Receipt | null>;
}

/** What a plan acts on. */
export function unitOf({ host, manager, unit }: Plan): Unit {
  return { host, manager, unit };
}
