import { afterEach, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../../src/model/json.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { recordedKube } from '../../support/kube-objects.ts';
import { ask, type KubeRig, namesOf, startKubeRig } from './kube-rig.ts';

let rig: KubeRig;
afterEach(() => rig.stop());

const pods = { resource: 'pods' } as const;

/** Two calls: the second one starts the watch, which is waited for. */
async function watched(resource: 'pods' | 'nodes' = 'pods'): Promise<void> {
  await rig.list(resource);
  await rig.list(resource);
  await rig.server.until(() => rig.server.openWatches({ resource }) === 1);
}

/** A proof within the same millisecond could not be told from the one before. */
const afterwards = (provenAtMs: number): Promise<void> =>
  vi.waitFor(() => expect(Date.now()).toBeGreaterThan(provenAtMs), { interval: 1 });

const podOf = (name: string): JsonObject => {
  const found = rig.server.store
    .items('pods')
    .find(({ metadata }) => (metadata as JsonObject)['name'] === name);
  if (!found) throw new Error(`no pod ${name}`);
  return found;
};

test('one call lists by name, without managedFields and without a watch', async () => {
  rig = await startKubeRig();
  const { items, provenAtMs } = await rig.list('pods');
  expect(namesOf({ items, provenAtMs })).toEqual(namesOf({ items, provenAtMs }).toSorted());
  expect(items.length).toBe(rig.server.store.items('pods').length);
  expect(JSON.stringify(items)).not.toMatch(/managedFields|last-applied-configuration/);
  expect(JSON.stringify(rig.server.store.items('pods'))).toMatch(/managedFields/);
  expect(Date.now() - provenAtMs).toBeLessThan(5000);
  expect(rig.server.asked({ verb: 'watch' })).toEqual([]);
});

test('calls within a second of a list are of one round, and start no watch', async () => {
  rig = await startKubeRig({ timing: { freshMs: 60_000 } });
  const first = await rig.list('pods');
  const second = await rig.list('pods');
  expect(second.items).toBe(first.items);
  expect(rig.server.asked()).toHaveLength(1);
});

test('calls at the same time share one list', async () => {
  rig = await startKubeRig();
  const lists = await Promise.all([1, 2, 3, 4, 5].map(() => rig.list('pods')));
  expect(new Set(lists.map(({ items }) => items)).size).toBe(1);
  expect(rig.server.asked()).toHaveLength(1);
});

test('twenty calls are one list and one watch for each resource and namespace', async () => {
  rig = await startKubeRig();
  for (let calls = 0; calls < 20; calls++) {
    await Promise.all([
      rig.list('pods'),
      rig.list('nodes'),
      rig.list('pods', { namespace: 'joelclaw' }),
      rig.list('pods', { namespace: 'kube-system' }),
    ]);
  }
  await rig.server.until(() => rig.server.openWatches() === 4);
  expect(rig.server.asked({ verb: 'list' })).toHaveLength(4);
  expect(rig.server.asked({ verb: 'watch' })).toHaveLength(4);
  expect(rig.server.asked({ verb: 'watch', namespace: 'joelclaw' })).toHaveLength(1);
});

test('two namespaces are held apart', async () => {
  rig = await startKubeRig();
  const one = await rig.list('pods', { namespace: 'joelclaw' });
  const none = await rig.list('pods', { namespace: 'elsewhere' });
  expect(one.items.length).toBeGreaterThan(2);
  expect(none.items).toEqual([]);
});

test('a list is read page by page, and begun anew when its token expires', async () => {
  rig = await startKubeRig();
  const { manyPods } = await import('../../support/kube-objects.ts');
  rig.server.store.replace('pods', manyPods(1201));
  rig.server.store.expireTokens(1);
  const { items } = await rig.list('pods');
  expect(items).toHaveLength(1201);
  expect(rig.server.asked().map(({ query }) => query.has('continue'))).toEqual([
    false,
    true,
    false,
    true,
    true,
  ]);
  expect(rig.server.asked().every(({ query }) => query.get('limit') === '500')).toBe(true);
});

test('the array stays the same until something changes, and then holds what changed', async () => {
  rig = await startKubeRig();
  await watched();
  const before = await rig.list('pods');
  await afterwards(before.provenAtMs);
  rig.server.store.bookmark('pods');
  await vi.waitFor(async () =>
    expect((await rig.list('pods')).provenAtMs).toBeGreaterThan(before.provenAtMs),
  );
  expect((await rig.list('pods')).items).toBe(before.items);

  rig.server.store.put('pods', { ...podOf('redis-0'), spec: { nodeName: 'other' } });
  await vi.waitFor(async () => expect((await rig.list('pods')).items).not.toBe(before.items));
  const { items } = await rig.list('pods');
  const changed = items.find(({ metadata }) => (metadata as JsonObject)['name'] === 'redis-0');
  expect(changed?.['spec']).toEqual({ nodeName: 'other' });
  expect(Object.keys(changed ?? {})).not.toContain('kind');
  expect(items[0]).toBe(before.items[0]);
  expect(rig.server.asked({ verb: 'list' })).toHaveLength(1);
});

test('what is added and deleted comes and goes at its place', async () => {
  rig = await startKubeRig();
  await watched();
  const { metadata, ...rest } = podOf('redis-0');
  rig.server.store.put('pods', {
    ...rest,
    metadata: { ...(metadata as JsonObject), name: 'aaa', uid: 'new' },
  });
  rig.server.store.remove('pods', podOf('redis-0'));
  await vi.waitFor(async () => {
    const names = namesOf(await rig.list('pods'));
    expect(names[0]).toBe('aaa');
    expect(names).not.toContain('redis-0');
  });
});

test('a recorded rollout ends with the pod that runs', async () => {
  rig = await startKubeRig();
  const lines = recordedKube('watch-rollout-restart.jsonl').trim().split('\n');
  rig.server.behave({ verb: 'watch' }, { lines });
  await watched();
  const last = JSON.parse(lines.findLast((line) => line.includes('"redis-0"')) ?? '') as {
    readonly object: { readonly metadata: { readonly resourceVersion: string } };
  };
  await vi.waitFor(async () => {
    const { items } = await rig.list('pods');
    const redis = items.find(({ metadata }) => (metadata as JsonObject)['name'] === 'redis-0');
    expect(redis?.['metadata']).toMatchObject({
      resourceVersion: last.object.metadata.resourceVersion,
    });
  });
});

test('quiet watches follow each other over one connection, each a proof and none a fault', async () => {
  rig = await startKubeRig();
  await watched();
  const { ever } = rig.server.sockets();
  const first = await rig.list('pods');
  let proven = first.provenAtMs;
  for (let watches = 1; watches <= 12; watches++) {
    await afterwards(proven);
    rig.server.endWatches(pods);
    await rig.server.until(
      () => rig.server.asked({ verb: 'watch' }).length > watches && rig.server.openWatches() === 1,
    );
    await vi.waitFor(
      async () => expect((await rig.list('pods')).provenAtMs).toBeGreaterThan(proven),
      { interval: 2 },
    );
    const { items, provenAtMs } = await rig.list('pods');
    expect(items).toBe(first.items);
    proven = provenAtMs;
  }
  expect(rig.server.asked({ verb: 'list' })).toHaveLength(1);
  expect(rig.server.sockets().ever).toBe(ever);
});

test('a watch goes on from the last version that a bookmark or an event named', async () => {
  rig = await startKubeRig();
  await watched();
  const listed = await rig.list('pods');
  rig.server.store.put('pods', podOf('redis-0'));
  await vi.waitFor(async () => expect((await rig.list('pods')).items).not.toBe(listed.items));
  const before = await rig.list('pods');
  await afterwards(before.provenAtMs);
  rig.server.store.bookmark('nodes');
  rig.server.store.bookmark('pods');
  await vi.waitFor(async () =>
    expect((await rig.list('pods')).provenAtMs).toBeGreaterThan(before.provenAtMs),
  );
  rig.server.dropWatches();
  await rig.server.until(() => rig.server.asked({ verb: 'watch' }).length === 2);
  const [first, second] = rig.server.asked({ verb: 'watch' });
  expect(first?.query.get('resourceVersion')).toBe('1100');
  expect(second?.query.get('resourceVersion')).toBe('1103');
});

test('a version that is too old is listed anew once, whether an event or a status says so', async () => {
  rig = await startKubeRig();
  await watched();
  const before = await rig.list('pods');
  rig.server.store.compact();
  rig.server.dropWatches();
  await vi.waitFor(async () => {
    await rig.list('pods');
    expect(rig.server.asked({ verb: 'list' })).toHaveLength(2);
  });
  await rig.server.until(() => rig.server.openWatches() === 1);
  const after = await rig.list('pods');
  expect(after.items).toBe(before.items);
  expect(rig.server.asked({ verb: 'list' })).toHaveLength(2);

  const gone = rig.server.behave(
    { verb: 'watch' },
    { status: 410, body: '{"kind":"Status","code":410}' },
  );
  rig.server.dropWatches();
  await rig.server.until(() => rig.server.asked({ verb: 'watch' }).at(-1)?.status === 410);
  gone();
  await vi.waitFor(async () => {
    await rig.list('pods');
    expect(rig.server.openWatches()).toBe(1);
  });
  expect(rig.server.asked({ verb: 'list' })).toHaveLength(3);
});

test.each([
  ['an ERROR event of 500', { lines: [recordedKube('error-watchlist-unsupported.json').trim()] }],
  ['403', { status: 403, body: recordedKube('error-403-forbidden.json') }],
])('a watch that is refused with %s leaves a list at each call', async (_what, how) => {
  rig = await startKubeRig();
  rig.server.behave({ verb: 'watch' }, how);
  await rig.list('pods');
  await rig.list('pods');
  await rig.server.until(() => rig.server.asked({ verb: 'watch' }).length === 1);
  await vi.waitFor(async () => {
    await rig.list('pods');
    expect(rig.server.asked({ verb: 'list' }).length).toBeGreaterThanOrEqual(4);
  });
  expect(rig.server.asked({ verb: 'watch' })).toHaveLength(1);
});

test.each([
  ['a line that is no JSON', '<html>'],
  ['a line that is no event', '[1,2]'],
  ['an object without a name', '{"type":"ADDED","object":{"metadata":{}}}'],
])('%s in a watch ends it, and all is listed anew', async (_what, line) => {
  rig = await startKubeRig();
  await watched();
  rig.server.say(line);
  await rig.server.until(() => rig.server.openWatches() === 0);
  await rig.list('pods');
  await rig.server.until(() => rig.server.openWatches() === 1);
  expect(rig.server.asked({ verb: 'list' })).toHaveLength(2);
});

test('an event of a type that nobody knows is ignored', async () => {
  rig = await startKubeRig();
  await watched();
  const before = await rig.list('pods');
  await afterwards(before.provenAtMs);
  rig.server.say('{"type":"RENAMED","object":{}}');
  rig.server.store.bookmark('pods');
  await vi.waitFor(async () =>
    expect((await rig.list('pods')).provenAtMs).toBeGreaterThan(before.provenAtMs),
  );
  expect(rig.server.openWatches()).toBe(1);
  expect((await rig.list('pods')).items).toBe(before.items);
});

test('a silent watch is ended after a while, and the next one proves the cache', async () => {
  rig = await startKubeRig({ timing: { quietMs: 150 } });
  await watched();
  const before = await rig.list('pods');
  await rig.server.until(() => rig.server.asked({ verb: 'watch' }).length >= 3);
  await vi.waitFor(async () =>
    expect((await rig.list('pods')).provenAtMs).toBeGreaterThan(before.provenAtMs),
  );
  expect(rig.server.asked({ verb: 'list' })).toHaveLength(1);
});

test('a dead line is told when the next watch is not accepted, and the proof is that of before', async () => {
  rig = await startKubeRig();
  await watched();
  const before = await rig.list('pods', { timeoutMs: 200 });
  const silent = rig.server.behave({}, 'silent');
  rig.server.dropWatches();
  await rig.server.until(() => rig.server.asked({ verb: 'watch' }).length === 2);
  expect((await rig.list('pods', { timeoutMs: 200 })).provenAtMs).toBeLessThanOrEqual(
    before.provenAtMs + 50,
  );
  const fault = await vi.waitFor(() => faultOfCall(rig.list('pods', { timeoutMs: 200 })));
  expect(fault).toMatchObject({
    code: 'timeout',
    side: 'prober',
    message: 'no answer within 200 ms',
  });
  silent();
  await vi.waitFor(() => rig.list('pods'));
});

test('a server that went away is told as a fault at once, is not stormed, and is found when it is back', async () => {
  rig = await startKubeRig({ timing: { backOffMs: 60_000, longestBackOffMs: 60_000 } });
  await watched();
  await rig.server.goAway();
  const fault = await vi.waitFor(() => faultOfCall(rig.list('pods')), { interval: 5 });
  expect(fault).toMatchObject({ code: 'refused', side: 'prober' });
  expect(fault.hint).toMatch(/docker port .* context admin@joelclaw-1/);
  const opened = rig.sockets.count();
  await faultOfCall(rig.list('pods'));
  for (let calls = 0; calls < 50; calls++) {
    expect(await faultOfCall(rig.list('pods'))).toMatchObject({ code: 'refused' });
  }
  expect(rig.sockets.count() - opened).toBeLessThanOrEqual(1);
});

test('a server that is back is found by the next call after the wait', async () => {
  rig = await startKubeRig();
  await watched();
  await rig.server.goAway();
  await vi.waitFor(() => faultOfCall(rig.list('pods')), { interval: 5 });
  await rig.server.comeBack();
  await vi.waitFor(() => rig.list('pods'));
  await rig.server.until(() => rig.server.openWatches() === 1);
});

test('a kubeconfig that names a new port is read at the next call, whatever the wait', async () => {
  rig = await startKubeRig({ timing: { backOffMs: 60_000, longestBackOffMs: 60_000 } });
  const { wordsFor, writeKubeconfig } = await import('../../support/kube-config.ts');
  await watched();
  await rig.server.goAway();
  await vi.waitFor(() => faultOfCall(rig.list('pods')), { interval: 5 });
  await faultOfCall(rig.list('pods'));
  await rig.server.comeBack(0);
  expect(await faultOfCall(rig.list('pods'))).toMatchObject({ code: 'refused' });
  await writeKubeconfig(
    rig.server.kubeconfig,
    wordsFor(rig.server.port(), rig.server.certificates),
  );
  expect((await rig.list('pods')).items.length).toBeGreaterThan(2);
});

test('one who gives up does not hurt the others', async () => {
  rig = await startKubeRig();
  const answer = rig.server.hold({ verb: 'list' });
  const leaving = new AbortController();
  const left = faultOfCall(rig.kube(ask(rig.server.cluster, 'pods'), within(5000, leaving.signal)));
  const late = faultOfCall(rig.list('pods', { timeoutMs: 100 }));
  const stays = rig.list('pods', { timeoutMs: 5000 });
  await rig.server.until(() => rig.server.asked().length === 1);
  leaving.abort();
  expect(await left).toMatchObject({ code: 'aborted', side: 'prober' });
  expect(await late).toMatchObject({ code: 'timeout', side: 'prober' });
  answer();
  expect((await stays).items.length).toBeGreaterThan(2);
  expect(rig.server.asked()).toHaveLength(1);
});

test('a list that all have left is ended, and the next caller starts another', async () => {
  rig = await startKubeRig({ http2: false });
  const silent = rig.server.behave({}, 'silent');
  const leaving = new AbortController();
  const left = faultOfCall(rig.kube(ask(rig.server.cluster, 'pods'), within(5000, leaving.signal)));
  await rig.server.until(() => rig.server.asked().length === 1);
  leaving.abort();
  expect(await left).toMatchObject({ code: 'aborted' });
  silent();
  await rig.server.until(() => rig.server.sockets().open === 0);
  expect((await rig.list('pods')).items.length).toBeGreaterThan(2);
});

test('close leaves no socket, and what is asked afterwards is aborted', async () => {
  rig = await startKubeRig({ http2: false });
  await watched();
  await watched('nodes');
  expect(rig.server.sockets().open).toBeGreaterThanOrEqual(3);
  rig.close();
  await rig.server.until(() => rig.server.sockets().open === 0);
  expect(await faultOfCall(rig.list('pods'))).toMatchObject({ code: 'aborted' });
  expect(rig.server.openWatches()).toBe(0);
});
