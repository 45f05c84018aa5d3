import fc from 'fast-check';
import type { Check } from '../../src/model/check.ts';
import { type Fault, faultCodes, faultOf } from '../../src/model/fault.ts';
import { type FoldPolicy, fold } from '../../src/model/fold.ts';
import { foldRound, type Sampled } from '../../src/model/fold-round.ts';
import {
  emptyNetworkState,
  type Health,
  type NetworkState,
  type Transition,
} from '../../src/model/health.ts';
import type { Host, Inventory, Service } from '../../src/model/inventory.ts';
import type { Part, Result } from '../../src/model/result.ts';
import { type State, statesWorstFirst } from '../../src/model/state.ts';

/** 2026-02-18T09:00:00Z */
export const startMs = Date.UTC(2026, 1, 18, 9);

/** The moment so many seconds after the start. */
export function at(seconds: number): string {
  return new Date(startMs + seconds * 1000).toISOString();
}

/** 3 bad, 2 good, a result every 10 s. */
export const policy: FoldPolicy = { failureThreshold: 3, successThreshold: 2, waitMs: 10_000 };

export function resultOf(state: State, more: Partial<Result> = {}): Result {
  return {
    check: 'a/x/http',
    at: at(0),
    latencyMs: 1,
    facts: {},
    verdict: { state, note: `it is ${state}` },
    parts: [],
    fault: null,
    ...more,
  };
}

/** A failed look: no facts, the fault's state. */
export function failureOf(fault: Fault, more: Partial<Result> = {}): Result {
  const state = fault.side === 'target' ? 'down' : 'unknown';
  return resultOf(state, { fault, latencyMs: null, ...more });
}

export function partOf(id: string, state: State = 'up'): Part {
  return {
    id,
    kind: 'function',
    name: id,
    verdict: { state, note: `part is ${state}` },
    facts: {},
  };
}

export interface Story {
  readonly healths: readonly Health[];
  readonly transitions: readonly Transition[];
  readonly last: Health;
}

/** Folds the states one after another, 10 s apart. */
export function story(states: readonly State[], under: FoldPolicy = policy): Story {
  const healths: Health[] = [];
  const transitions: Transition[] = [];
  for (const [index, state] of states.entries()) {
    const folded = fold(healths.at(-1), resultOf(state, { at: at(index * 10) }), under);
    healths.push(folded.health);
    if (folded.transition) transitions.push(folded.transition);
  }
  const last = healths.at(-1);
  if (!last) throw new Error('a story needs a state');
  return { healths, transitions, last };
}

export function checkOf(id: string, more: Partial<Check> = {}): Check {
  const [host = '', service, name = service] = id.split('/');
  return {
    id,
    host,
    service: id.split('/').length > 2 ? `${host}/${service}` : null,
    kind: id.split('/').length > 2 ? 'http' : (service ?? ''),
    name: name ?? '',
    parents: [],
    intervalMs: 10_000,
    timeoutMs: 5000,
    failureThreshold: 3,
    successThreshold: 2,
    ...more,
  };
}

export function hostOf(name: string): Host {
  const [description, access] = ['', 'local'] as const;
  const none = { ssh: null, hostname: null, tailscale: null };
  return { name, description, access, ...none, disks: ['/'] };
}

export function serviceOf(id: string, more: Partial<Service> = {}): Service {
  const [host = '', name = ''] = id.split('/');
  return {
    id,
    host,
    name,
    description: '',
    port: null,
    manager: { kind: 'none' },
    checks: [],
    dependsOn: [],
    critical: false,
    enabled: true,
    reason: '',
    ...more,
  };
}

export function inventoryOf(more: Partial<Inventory>): Inventory {
  return {
    name: 'test',
    defaults: { intervalMs: 10_000, timeoutMs: 5000, failureThreshold: 3, successThreshold: 2 },
    hosts: [],
    clusters: [],
    services: [],
    inngest: [],
    tailscale: false,
    files: [],
    ...more,
  };
}

export function sampled(result: Result, under: FoldPolicy = policy): Sampled {
  return { result, policy: under };
}

/** What is known after one round of these states, taken at the start. */
export function stateOf(
  states: Readonly<Record<string, State>>,
  more: (check: string) => Partial<Result> = () => ({}),
): NetworkState {
  const round = Object.entries(states).map(([check, state]) =>
    sampled(resultOf(state, { check, ...more(check) })),
  );
  return foldRound(emptyNetworkState, round);
}

export const anyState = fc.constantFrom(...statesWorstFirst);

const anyFault = fc.constantFrom(...faultCodes).map((code) => faultOf(code, `it is ${code}`));

const anyPart = fc
  .tuple(fc.constantFrom('one', 'two', 'three', 'four'), anyState)
  .map(([id, state]) => partOf(id, state));

const anyParts = fc.uniqueArray(anyPart, { selector: ({ id }) => id, maxLength: 4 });

/** A result of one of a few checks within one minute, whole or failed. */
export const anyResult: fc.Arbitrary<Result> = fc
  .record({
    check: fc.constantFrom('a/host', 'a/x/http', 'a/x/http2', 'b/host', 'b/y/tcp'),
    seconds: fc.integer({ min: 0, max: 60 }),
    state: anyState,
    parts: anyParts,
    fault: fc.option(anyFault, { freq: 3 }),
  })
  .map(({ check, seconds, state, parts, fault }) =>
    fault === null
      ? resultOf(state, { check, at: at(seconds), parts })
      : failureOf(fault, { check, at: at(seconds) }),
  );

export const anyPolicy: fc.Arbitrary<FoldPolicy> = fc.record({
  failureThreshold: fc.integer({ min: 1, max: 5 }),
  successThreshold: fc.integer({ min: 1, max: 5 }),
  waitMs: fc.constant(10_000),
});
