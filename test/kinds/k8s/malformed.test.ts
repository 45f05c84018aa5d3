import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../../src/model/json.ts';
import { verdictOf } from '../look.ts';
import { lookAt } from './ask.ts';
import { podOf, workloadOf } from './objects.ts';

async function judged(workload: JsonObject, pods: readonly JsonObject[]): Promise<string> {
  return verdictOf(await lookAt({ lists: { statefulsets: [workload], pods, events: [] } }));
}

describe('a pod that is not understood', () => {
  const container = (more: JsonObject) => podOf({ container: more });
  const cases: readonly (readonly [string, JsonObject, string])[] = [
    ['no status', { ...podOf(), status: null }, 'it has no status'],
    ['a status without a phase', podOf({ status: { phase: null } }), 'its status names no phase'],
    [
      'a phase that is not known',
      podOf({ status: { phase: 'Paused' } }),
      'its phase "Paused" is not known here',
    ],
    [
      'a phase that nobody knows',
      podOf({ status: { phase: 'Unknown' } }),
      'its node does not tell how it is',
    ],
    [
      'conditions that are no list',
      podOf({ status: { conditions: 'Ready' } }),
      'its status is not understood',
    ],
    [
      'containers that are no list',
      podOf({ status: { containerStatuses: {} } }),
      'its status is not understood',
    ],
    [
      'a container that is a text',
      podOf({ status: { containerStatuses: ['main'] } }),
      'its status is not understood',
    ],
    ['a readiness in words', container({ ready: 'yes' }), 'its status is not understood'],
    ['a count in words', container({ restartCount: 'many' }), 'its status is not understood'],
    [
      'a Ready that is neither',
      podOf({ status: { conditions: [{ type: 'Ready', status: 'Maybe' }] } }),
      'its condition Ready is "Maybe"',
    ],
    [
      'a Ready that its container denies',
      container({ ready: false }),
      'it is called ready, and its containers are not',
    ],
    [
      'a Ready without containers',
      podOf({ status: { containerStatuses: [] } }),
      'it is called ready, and its containers are not',
    ],
    [
      'a state that is not known',
      container({ state: { hibernating: {} } }),
      'the state of container main is not known here',
    ],
    [
      'two states',
      container({ state: { running: {}, waiting: {} } }),
      'the state of container main is not known here',
    ],
    [
      'a reason that is not known',
      container({ state: { waiting: { reason: 'QuantumLock' } } }),
      'container main waits: "QuantumLock" is not known here',
    ],
    [
      'a deletion without a time',
      podOf({ metadata: { deletionTimestamp: 5 } }),
      'when it is deleted is not understood',
    ],
    [
      'a schedule that is neither',
      podOf({ status: { conditions: [{ type: 'PodScheduled', status: '?' }] } }),
      'PodScheduled is "?"',
    ],
  ];

  it.each(cases)('for %s is unknown', async (_what, pod, why) => {
    expect(await judged(workloadOf(), [pod])).toBe(`unknown: redis-0: ${why}`);
  });

  it('makes a workload unknown that has enough pods without it', async () => {
    const strange = podOf({ name: 'redis-1', status: { phase: 'Paused' } });
    expect(await judged(workloadOf(), [podOf(), strange])).toMatch(/^unknown: redis-1/);
  });
});

describe('a workload that is not understood', () => {
  it.each([
    ['replicas that are no number', workloadOf({ spec: { replicas: 'one' } })],
    ['no spec', { ...workloadOf(), spec: null }],
    ['a count of the ready in words', workloadOf({ status: { readyReplicas: 'all' } })],
  ])('for %s is unknown', async (_what, workload) => {
    expect(await judged(workload, [podOf()])).toBe(
      'unknown: how many pods it is to have and has is not understood',
    );
  });

  it('without a uid owns no pod, and none that belongs to nobody', async () => {
    const orphan = podOf({ metadata: { ownerReferences: null } });
    expect(await judged(workloadOf({ metadata: { uid: null } }), [orphan])).toBe(
      'down: it has no pod',
    );
  });

  it('without a status has nothing ready', async () => {
    const without = { ...workloadOf(), status: null };
    expect(await judged(without, [podOf()])).toMatch(/^degraded: /);
  });
});

/** Every place within a value, as the keys that lead there. */
function pathsOf(value: Json, path: readonly string[] = []): readonly (readonly string[])[] {
  const inner = Array.isArray(value)
    ? value.map((one, index) => [String(index), one] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  return [path, ...inner.flatMap(([key, one]) => pathsOf(one, [...path, key]))];
}

function replaced(value: Json, [key, ...rest]: readonly string[], by: Json): Json {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((one, index) => (String(index) === key ? replaced(one, rest, by) : one));
  }
  return isJsonObject(value) ? { ...value, [key]: replaced(value[key] ?? null, rest, by) } : value;
}

describe('whatever stands in an object', () => {
  const garbage = fc.oneof(
    fc.constantFrom<Json>(null, '', 0, -1, [], {}, 'x', [[]], true),
    fc.jsonValue() as fc.Arbitrary<Json>,
  );
  const pod = podOf({ container: { ready: false } });

  it('is never our bug', async () => {
    const paths = pathsOf(podOf()).filter((path) => path.length > 0);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), garbage, async (path, by) => {
        const changed = replaced(podOf(), path, by) as JsonObject;
        expect(await judged(workloadOf(), [changed])).not.toContain('our bug');
      }),
      { numRuns: 300 },
    );
  });

  it('of a pod that is not ready never makes it up but by the word "ready" itself', async () => {
    const paths = pathsOf(pod).filter((path) => path.length > 0 && path.at(-1) !== 'ready');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), garbage, async (path, by) => {
        const changed = replaced(pod, path, by) as JsonObject;
        expect(await judged(workloadOf(), [changed])).not.toMatch(/^up/);
      }),
      { numRuns: 300 },
    );
  });
});
