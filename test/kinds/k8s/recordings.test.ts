import { describe, expect, it } from 'vitest';
import type { Previous } from '../../../src/kinds/contract.ts';
import { readEvents } from '../../../src/kinds/k8s/read-events.ts';
import { readPod } from '../../../src/kinds/k8s/read-pod.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { previousOf, verdictOf } from '../look.ts';
import { lookAt, recorded, recordedEvents, recordedObject } from './ask.ts';
import { workloadOf } from './objects.ts';

const pods = recorded('pods');
/** Four minutes after the cluster made the first of them. */
const atMs = Date.parse('2026-11-23T08:48:39Z');

function podNamed(name: string): JsonObject {
  const found = pods.find(({ metadata }) => (metadata as JsonObject)['name'] === name);
  if (!found) throw new Error(`no pod ${name} is recorded`);
  return found;
}

/** What the workload `x` is worth whose only pod is this one. */
async function verdictWith(pod: JsonObject): Promise<string> {
  const owned = ownedBy(pod, 'uid-x');
  const none = { metadata: { creationTimestamp: '2026-11-01T00:00:00Z' }, status: {} };
  const workload = workloadOf({ name: 'x', ...none });
  const lists = { statefulsets: [workload], pods: [owned], events: [] };
  return verdictOf(await lookAt({ workload: 'statefulset/x', lists, atMs }));
}

function ownedBy(pod: JsonObject, uid: string): JsonObject {
  const metadata = pod['metadata'] as JsonObject;
  return { ...pod, metadata: { ...metadata, ownerReferences: [{ uid, controller: true }] } };
}

describe('a recorded pod', () => {
  it.each([
    ['crashloop', 'broken', 'CrashLoopBackOff after exit 1'],
    ['done', 'finished', 'Succeeded'],
    ['failed', 'finished', 'Evicted: The node was low on resource: ephemeral-storage.'],
    ['imagepull', 'broken', 'ImagePullBackOff: image app:nope cannot be had'],
    ['inngest-0', 'ready', ''],
    ['notready', 'broken', 'not ready: containers with unready status: [main]'],
    ['oom', 'broken', 'not ready; its last run ended with OOMKilled (exit 137)'],
    ['qdrant-0', 'ready', ''],
    ['redis-0', 'ready', ''],
    [
      'unschedulable',
      'broken',
      'unschedulable: 0/2 nodes are available: 2 Insufficient nvidia.com/gpu.',
    ],
  ])('%s is %s', (name, stage, why) => {
    expect(readPod(podNamed(name), atMs)).toMatchObject({ name, stage, why });
  });

  it('is in the table', () => {
    expect(pods).toHaveLength(10);
  });

  it.each([
    ['crashloop', 'down: crashloop: CrashLoopBackOff after exit 1'],
    ['done', 'down: no pod is left: done Succeeded'],
    [
      'failed',
      'down: no pod is left: failed Evicted: The node was low on resource: ephemeral-storage.',
    ],
    ['imagepull', 'down: imagepull: ImagePullBackOff: image app:nope cannot be had'],
    ['notready', 'down: notready: not ready: containers with unready status: [main]'],
    ['oom', 'down: oom: not ready; its last run ended with OOMKilled (exit 137)'],
    ['redis-0', 'up: 1 of 1 ready'],
    [
      'unschedulable',
      'down: unschedulable: unschedulable: 0/2 nodes are available: 2 Insufficient nvidia.com/gpu.',
    ],
  ])('%s is all that its workload has: %#', async (name, verdict) => {
    expect(await verdictWith(podNamed(name))).toBe(verdict);
  });
});

describe('a recorded StatefulSet', () => {
  it.each([
    ['inngest', 'up: 1 of 1 ready'],
    ['qdrant', 'up: 1 of 1 ready'],
    ['redis', 'up: 1 of 1 ready'],
  ])('%s among all pods and events is %s', async (name, verdict) => {
    const lists = { statefulsets: recorded('statefulsets'), pods, events: recorded('events') };
    const result = await lookAt({ workload: `statefulset/${name}`, lists, atMs });
    expect(verdictOf(result)).toBe(verdict);
    expect(result.facts).toMatchObject({ workload: `joelclaw/statefulset/${name}`, starts: 0 });
    expect(result.facts['pods']).toMatchObject([{ name: `${name}-0`, restarts: 0 }]);
    expect(result.at).toBe(new Date(atMs).toISOString());
    expect(result.facts).not.toHaveProperty('provenAtMs');
  });

  it('has the events of itself and of its pods, the newest first, none of another', async () => {
    const lists = { statefulsets: recorded('statefulsets'), pods, events: recorded('events') };
    const { facts } = await lookAt({ lists, atMs });
    const events = facts['events'] as readonly JsonObject[];
    expect(events.length).toBeGreaterThan(0);
    expect(events.every(({ object }) => String(object).startsWith('redis'))).toBe(true);
    const times = events.map(({ at }) => String(at));
    expect(times).toEqual(times.toSorted().reverse());
  });

  it('after its rollout is what it was: its newest revision is that of its pod', async () => {
    const live = recordedObject('statefulset-redis-live');
    const uid = String((live['metadata'] as JsonObject)['uid']);
    expect(podNamed('redis-0')).toMatchObject({ metadata: { ownerReferences: [{ uid }] } });
    const result = await lookAt({ lists: { statefulsets: [live], pods, events: [] }, atMs });
    expect(verdictOf(result)).toBe('up: 1 of 1 ready');
    expect(result.facts).toMatchObject({ wanted: 1, updatedReplicas: 1, rollingTo: null });
    const revision = (live['status'] as JsonObject)['updateRevision'];
    expect(result.facts['pods']).toMatchObject([{ name: 'redis-0', revision }]);
  });

  it('has the events of the newer API too, with their words and counts', () => {
    const items = recorded('events-k8sio');
    const about = items.map(({ regarding }) => String((regarding as JsonObject)['uid']));
    const seenMs = Date.parse('2026-11-23T08:45:00Z');
    const events = readEvents(items, about.slice(0, 1), seenMs);
    expect(events).toMatchObject([
      {
        at: '2026-11-23T08:44:17.000Z',
        type: 'Warning',
        reason: 'FailedToUpdateEndpointSlices',
        object: 'inngest-svc',
      },
    ]);
    expect(events[0]?.count).toBeGreaterThan(1);
    expect(events[0]?.message).toMatch(/^Error updating Endpoint Slices for Service joelclaw/);
    expect(readEvents(items, ['another'], seenMs)).toEqual([]);
  });

  it('has none that is older than an hour', async () => {
    const lists = { statefulsets: recorded('statefulsets'), pods, events: recorded('events') };
    const { facts } = await lookAt({ lists, atMs: atMs + 2 * 3_600_000 });
    expect(facts['events']).toEqual([]);
  });
});

describe('a recorded rolling restart', () => {
  it('is never down on its way, and up at its end', async () => {
    const [statefulset] = recorded('statefulsets').filter(
      ({ metadata }) => (metadata as JsonObject)['name'] === 'redis',
    );
    const known = new Map<string, JsonObject>();
    const seen: string[] = [];
    let previous: Previous | undefined;
    let nowMs = Date.parse('2026-11-23T08:46:56Z');
    for (const { type, object } of recordedEvents('watch-rollout-restart')) {
      const name = String((object['metadata'] as JsonObject)['name']);
      if (type === 'DELETED') known.delete(name);
      else known.set(name, object);
      const lists = { statefulsets: [statefulset ?? {}], pods: [...known.values()], events: [] };
      const more = previous ? { previous } : {};
      const result = await lookAt({ lists, atMs: nowMs, ...more });
      seen.push(verdictOf(result));
      previous = previousOf(result);
      nowMs += 1000;
    }
    expect(seen).toEqual([
      'unknown: restarting: redis-0 is terminating',
      'unknown: restarting: redis-0 is terminating',
      'unknown: starting: no pod yet',
      'unknown: starting: redis-0: not ready',
      'unknown: starting: redis-0: not ready',
      'up: 1 of 1 ready',
    ]);
  });
});
