import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/model/check.ts';
import { explain } from '../../src/model/explain.ts';
import { faultOf } from '../../src/model/fault.ts';
import { foldRound } from '../../src/model/fold-round.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { FunctionsReport } from '../../src/model/report.ts';
import type { Part, Result } from '../../src/model/result.ts';
import type { State } from '../../src/model/state.ts';
import { at, checkOf, failureOf, hostOf, inventoryOf, policy, resultOf, startMs } from './made.ts';

const server = {
  name: 'i',
  url: 'http://i',
  worker: null,
  app: 'bus',
  expect: null,
  eventKey: null,
};
const inventory = inventoryOf({
  hosts: [hostOf('a')],
  inngest: [server, { ...server, name: 'j' }],
});
const checkAt = (name: string): Check =>
  checkOf(`a/functions:${name}`, { host: 'a', service: null, kind: 'inngest', name });
const checks = [checkAt('i'), checkAt('j')];

const counts = (registered: number, more: JsonObject = {}): JsonObject => ({
  apps: [{ name: 'bus', connected: true, error: null }],
  registered,
  served: registered,
  expected: registered,
  missing: [],
  unexpected: [],
  ...more,
});

const part = (name: string, state: State, facts: JsonObject = {}): Part => ({
  id: `bus-${name}`,
  kind: 'function',
  name,
  verdict: { state, note: `it is ${state}` },
  facts: { slug: `bus-${name}`, app: 'bus', ...facts },
});

function functionsOf(
  rounds: readonly (readonly Result[])[],
  afterSeconds = 0,
): { readonly functions: FunctionsReport; readonly states: readonly (readonly string[])[] } {
  const state = rounds.reduce(
    (before, round) =>
      foldRound(
        before,
        round.map((result) => ({ result, policy })),
      ),
    emptyNetworkState,
  );
  const { functions } = explain({ inventory, checks }, state, startMs + afterSeconds * 1000);
  return { functions, states: functions.items.map(({ name, state: one }) => [name, one]) };
}

const resultAt = (name: string, state: State, more: Partial<Result> = {}): Result =>
  resultOf(state, { check: `a/functions:${name}`, facts: counts(2), ...more });

describe('the functions of a network', () => {
  it('are the sums of its servers, and the worst of them', () => {
    const missing = counts(3, { missing: ['x'], expected: 4, served: 5 });
    const { functions } = functionsOf([
      [resultAt('i', 'up'), resultAt('j', 'degraded', { facts: missing })],
    ]);
    expect(functions).toMatchObject({
      state: 'degraded',
      note: 'it is degraded',
      registered: 5,
      served: 7,
      expected: 6,
      missing: ['x'],
    });
  });

  it('are not summed up where one server hides a number', () => {
    const hidden = counts(3, { served: null });
    const { functions } = functionsOf([
      [resultAt('i', 'up'), resultAt('j', 'up', { facts: hidden })],
    ]);
    expect(functions).toMatchObject({ state: 'up', registered: 5, served: null });
  });

  it('stand server by server with what is known of each', () => {
    const lastRun = { id: 'r', status: 'FAILED', at: at(-60), durationMs: 61, error: 'boom' };
    const runs24h = { completed: 3, failed: 1, running: 0, queued: 0 };
    const triggers = [{ type: 'CRON', value: '0 * * * *' }];
    const marks = ['failing', 'overdue'];
    const { functions, states } = functionsOf([
      [
        resultAt('j', 'up', { parts: [part('b', 'up')] }),
        resultAt('i', 'degraded', {
          parts: [
            part('z', 'degraded', { lastRun, runs24h, triggers, nextRun: at(60), marks }),
            part('c', 'up'),
          ],
        }),
      ],
    ]);
    expect(states).toEqual([
      ['c', 'up'],
      ['z', 'degraded'],
      ['b', 'up'],
    ]);
    const seen = { slug: 'bus-z', lastRun, runs24h, triggers, nextRun: at(60), marks };
    expect(functions.items[1]).toMatchObject(seen);
    expect(functions.items[0]).toMatchObject({
      lastRun: null,
      runs24h: { completed: 0, failed: 0, running: 0, queued: 0 },
      triggers: [],
      nextRun: null,
      marks: [],
    });
  });

  it('say of each app why its server could not be asked, and what to do', () => {
    const fault = faultOf('auth', 'it wants a key', { hint: 'set the key' });
    const { functions } = functionsOf([
      [failureOf(fault, { check: 'a/functions:i' }), resultAt('j', 'up')],
    ]);
    expect(functions.apps.map(({ server: name, fault: one }) => [name, one])).toEqual([
      ['i', fault],
      ['j', null],
    ]);
  });

  it('are unknown once nobody has heard of them for three intervals', () => {
    const seen = [resultAt('i', 'up', { parts: [part('b', 'up')] }), resultAt('j', 'up')];
    expect(functionsOf([seen], 30).states).toEqual([['b', 'up']]);
    const { functions, states } = functionsOf([seen], 31);
    expect(states).toEqual([['b', 'unknown']]);
    expect(functions.items[0]?.note).toMatch(/^stale, last /);
    expect(functions.state).toBe('unknown');
  });

  it('stay listed and unknown when the server is not understood', () => {
    const fault = faultOf('protocol', 'no GraphQL', { side: 'prober' });
    const failed = { ...resultOf('unknown', { fault }), check: 'a/functions:i', at: at(10) };
    const { functions, states } = functionsOf([
      [resultAt('i', 'up', { parts: [part('b', 'up')] }), resultAt('j', 'up')],
      [failed],
    ]);
    expect(states).toEqual([['b', 'unknown']]);
    expect(functions).toMatchObject({ state: 'unknown', registered: null });
    expect(functions.apps[0]?.error).toBe('no GraphQL');
  });

  it('are suppressed by their own server’s check where the app is away', () => {
    const { functions } = functionsOf([
      [resultAt('i', 'down', { parts: [part('b', 'suppressed')] }), resultAt('j', 'up')],
    ]);
    expect(functions.items[0]).toMatchObject({ state: 'suppressed', because: 'a/functions:i' });
  });

  it('are none of their host’s checks', () => {
    const state = foldRound(emptyNetworkState, [{ result: resultAt('i', 'down'), policy }]);
    const { nodes } = explain({ inventory, checks }, state, startMs);
    expect(nodes[0]?.checks).toEqual([]);
  });
});
