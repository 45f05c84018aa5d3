import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/model/json.ts';
import { verdictOf } from '../look.ts';
import { lookAt } from './ask.ts';
import { podOf, workloadOf } from './objects.ts';

const count = 10_000;

it('ten thousand pods are gone through once: each is read by the workload that owns it alone', async () => {
  let asked = 0;
  const counting = (pod: JsonObject): JsonObject =>
    new Proxy(pod, {
      get: (target, key) => {
        if (key === 'status') asked++;
        return target[String(key)];
      },
    });
  const pods = Array.from({ length: count }, (_, index) =>
    counting(podOf({ name: `web-${index}`, owner: `uid-web-${index % 1000}` })),
  );
  const lists = { statefulsets: [workloadOf({ name: 'web-7', wanted: 10 })], pods, events: [] };
  const result = await lookAt({ workload: 'statefulset/web-7', lists });
  expect(verdictOf(result)).toBe('up: 10 of 10 ready');
  expect(asked).toBeLessThan(10 * 20);
});

it('ten thousand pods of one workload are all counted, and few are kept', async () => {
  const pods = Array.from({ length: count }, (_, index) =>
    podOf({ name: `redis-${index}`, status: index === 9999 ? { phase: 'Paused' } : {} }),
  );
  const lists = { statefulsets: [workloadOf({ wanted: count })], pods, events: [] };
  const { facts, verdict } = await lookAt({ lists });
  expect(verdict).toEqual({
    state: 'degraded',
    note: '9999 of 10000 ready; redis-9999: its phase "Paused" is not known here',
  });
  expect(facts).toMatchObject({ stages: { ready: 9999, strange: 1 } });
  expect(facts['pods']).toHaveLength(12);
  expect(JSON.stringify(facts).length).toBeLessThan(10_000);
});
