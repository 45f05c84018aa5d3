import type * as z from 'zod';
import type { Check } from '../model/check.ts';
import type { Measured } from '../model/health.ts';
import type { Cluster, Host, Service } from '../model/inventory.ts';
import type { JsonObject } from '../model/json.ts';
import type { Part, Result, Verdict } from '../model/result.ts';
import type { CallOptions, Transports } from '../transports/contract.ts';
import type { Deed } from './deed.ts';
import type { LogSource } from './log-source.ts';

/** What `observe` has to work with. */
export interface ObserveContext {
  readonly host: Host;
  /** Whose check it is; null for a check of a host, a cluster or a server. */
  readonly service: Service | null;
  /** That its spec names. */
  readonly cluster: Cluster | null;
  readonly transports: Transports;
  readonly options: CallOptions;
  /** What is cheaper to ask when the last answer is known. */
  readonly previous: Previous | null;
  /** Before and after an action, also what a unit that is well is not asked for in every sample. */
  readonly thorough?: boolean;
}

/** The last sample of the same check that did not fail: for hysteresis and for what needs two samples. */
export interface Previous extends Measured {
  /** The same of one of its parts. */
  readonly partOf?: (id: string) => Measured | null;
}

/**
 * One way of looking. `observe` says what was seen and is the only async member; `judge` is pure.
 * Neither catches: a transport's FaultError becomes the result's fault in one place.
 */
export interface Kind<Spec extends z.ZodObject = z.ZodObject, Facts extends object = object> {
  readonly kind: string;
  /** One sentence for the docs table and for editors. */
  readonly summary: string;
  readonly spec: Spec;
  /** Where it differs from the inventory's default of 10 s. */
  readonly intervalMs?: number;
  /** It looks from within its host: where that cannot be reached, nothing is known of it. */
  readonly onHost?: true;
  /** What its host does not answer is its own finding, not only the way to what it looks at. */
  readonly ownSilence?: true;
  /** Its checks on one host are asked by one program where they are asked at one moment. */
  readonly together?: true;
  observe(spec: z.output<Spec>, context: ObserveContext): Promise<Facts>;
  judge(facts: Facts, previous: Previous | null, spec: z.output<Spec>): Verdict;
  /** What can be done to its unit, by what was last seen of it. */
  deeds?(spec: z.output<Spec>, facts: JsonObject): readonly Deed[];
  /** Where its unit writes what it says, by what was last seen of it. */
  logs?(spec: z.output<Spec>, facts: JsonObject): readonly LogSource[];
  parts?(facts: Facts, previous: Previous | null, spec: z.output<Spec>): readonly Part[];
}

export interface RunContext {
  readonly transports: Transports;
  readonly signal: AbortSignal;
  readonly previous: Previous | null;
  readonly thorough?: boolean;
}

/** A check that can be run. It never rejects: all trouble is in the result. */
export interface BoundCheck extends Check {
  /** Checks with the same words are cheaper at one moment than one by one; null for all others. */
  readonly together: string | null;
  run(context: RunContext): Promise<Result>;
  /** None for what is no unit. */
  deeds(facts: JsonObject): readonly Deed[];
  /** Null for what has no log that is known. */
  logs(facts: JsonObject): readonly LogSource[] | null;
}

/** Keeps the types of `spec` and `facts` together; a kind is data from then on. */
export function defineKind<Spec extends z.ZodObject, Facts extends object>(
  kind: Kind<Spec, Facts>,
): Kind {
  return kind as unknown as Kind;
}
