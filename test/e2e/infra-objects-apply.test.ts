import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../src/model/json.ts';
import {
  makeObjectsPlace,
  namespacePath,
  type ObjectsPlace,
  redisPath,
} from '../support/objects-place.ts';

let place: ObjectsPlace;
beforeEach(async () => {
  place = await makeObjectsPlace();
});
afterEach(() => place.remove());

const yes = ['apply', '--yes'];
const settingsPath = '/api/v1/namespaces/home/configmaps/redis';

/** Of redis what its manifest could say. */
function specNow(): unknown {
  const object = place.applies.at(redisPath);
  const metadata = isJsonObject(object?.['metadata']) ? object['metadata'] : {};
  return { spec: object?.['spec'], labels: metadata['labels'] };
}

/** The manifest of redis as hands leave it. */
function withImage(image: string, more: JsonObject = {}): JsonObject {
  const live = JSON.stringify(place.applies.at(redisPath)).replace(/redis:[\w.-]+/, image);
  const { apiVersion, kind, spec } = JSON.parse(live);
  Object.assign(spec.template.spec.containers[0], more);
  return { apiVersion, kind, metadata: { name: 'redis', namespace: 'home' }, spec };
}

describe('infra apply to a cluster', () => {
  it('makes what is missing, what others stand on first, and then has nothing to do', async () => {
    const first = await place.infra(yes);
    expect([first.code, first.stdout]).toEqual([0, expect.stringContaining(': applied')]);
    expect(place.applies.applied).toEqual([namespacePath, settingsPath, redisPath]);
    const again = await place.infra(yes);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('nothing to do')]);
    expect(place.applies.applied).toHaveLength(3);
  });

  it('writes to no cluster but the pinned one', async () => {
    await place.remove();
    place = await makeObjectsPlace(null);
    const { code, stdout } = await place.infra(yes);
    expect([code, place.applies.applied]).toEqual([6, []]);
    expect(stdout).toContain('nothing is written to a cluster that is not pinned');
    await place.remove();
    place = await makeObjectsPlace('22222222-2222-4222-8222-222222222222');
    const other = await place.infra(yes);
    expect([other.code, place.applies.applied]).toEqual([1, []]);
    expect(other.stdout).toContain('another cluster answers');
  });

  it('applies a change, waits for its pods, and rolls it back to what was there', async () => {
    await place.infra(yes);
    const before = specNow();
    await place.redis('redis:8.0.1', 'command: [redis-server], workingDir: /data');
    const plan = JSON.parse((await place.infra(['plan', '--json'])).stdout);
    expect(plan.result.items[0]).toMatchObject({ verdict: 'pending', action: 'write' });
    expect((await place.infra(yes)).code).toBe(0);
    expect(place.image()).toBe('redis:8.0.1');
    const rollback = await place.infra(['rollback', '--yes']);
    expect(rollback).toMatchObject({ code: 0 });
    expect(specNow()).toEqual(before);
    expect((await place.infra(['plan', '--json'])).stdout).toContain('"verdict":"pending"');
  });

  it('puts back what does not come up, and deletes the pod that holds that up', async () => {
    await place.infra(yes);
    const before = specNow();
    await place.redis('redis:broken-1');
    const { code, stdout } = await place.infra([...yes, '--timeout', '4s']);
    expect([code, stdout]).toEqual([3, expect.stringContaining('0 of 1 pods')]);
    expect(specNow()).toEqual(before);
    expect(place.applies.deleted).toEqual(['/api/v1/namespaces/home/pods/redis-0']);
    expect((await place.infra(['history'])).stdout).toContain('rolled-back');
  });

  it('leaves what hands have changed, goes over it when told, and gives it back', async () => {
    await place.infra(yes);
    const live = place.applies.at(redisPath) as JsonObject;
    const edited = JSON.parse(JSON.stringify(live).replace('redis:7.4.11', 'redis:6.2.9'));
    const { spec } = edited as { spec: JsonObject };
    const identity = { apiVersion: 'apps/v1', kind: 'StatefulSet' };
    const metadata = { name: 'redis', namespace: 'home' };
    place.applies.byHand(redisPath, { ...identity, metadata, spec });
    const left = await place.infra(yes);
    expect([left.code, place.image()]).toEqual([6, 'redis:6.2.9']);
    expect(left.stdout).toContain('by kubectl-edit');
    expect((await place.infra([...yes, '--overwrite-drift'])).code).toBe(0);
    expect(place.image()).toBe('redis:7.4.11');
    expect((await place.infra(['rollback', '--yes'])).code).toBe(0);
    expect(place.image()).toBe('redis:6.2.9');
  });

  it('deletes nothing that it has made: a rollback says what stays', async () => {
    await place.infra(yes);
    const { code, stdout } = await place.infra(['rollback', '--yes']);
    expect([code, place.image()]).toEqual([6, 'redis:7.4.11']);
    expect(stdout).toMatch(/k8s\/redis#apps\/v1\/namespaces\/home\/statefulsets\/redis.*stays/);
  });

  it('says what the server refuses of it, and leaves the rest as it was', async () => {
    await place.infra(yes);
    await place.redis('redis:8.0.1');
    const stale = await place.infra(['plan', '--out', `${place.state}/plan`, '--json']);
    expect(stale.code).toBe(0);
    await place.redis('redis:8.0.2');
    const { code, stderr } = await place.infra(['apply', `${place.state}/plan`, '--yes']);
    expect([code, stderr]).toEqual([6, expect.stringContaining('stale')]);
    expect(place.image()).toBe('redis:7.4.11');
  });

  it.each([
    [2, 1, 0, ': failed'],
    // The first object was written, and is not put back where it was not.
    [3, 4, 1, 'not put back: another cluster answers'],
  ])(
    'writes nothing once another cluster answers (question %i)',
    async (at, code, count, words) => {
      await place.infra(yes);
      await place.redis('redis:8.0.1', 'workingDir: /data');
      await place.write('home.yaml', labelled);
      place.applies.applied.length = 0;
      let asked = 0;
      place.applies.onAsked = (_, path) => {
        if (path.endsWith('/kube-system') && ++asked === at) place.applies.become('another');
        return undefined;
      };
      const end = await place.infra(yes);
      expect([end.code, place.applies.applied.length]).toEqual([code, count]);
      expect(end.stdout).toContain(words);
      expect(place.image()).toBe('redis:7.4.11');
    },
  );

  it('leaves what hands have changed since it was planned', async () => {
    await place.infra(yes);
    await place.redis('redis:8.0.1');
    let asked = 0;
    place.applies.onAsked = (method, path) => {
      // It is asked about by the plan, and once more before it is written.
      if (method !== 'GET' || path !== redisPath || ++asked !== 2) return undefined;
      const live = JSON.stringify(place.applies.at(redisPath)).replace('7.4.11', '6.2.9');
      const { apiVersion, kind, spec } = JSON.parse(live);
      const metadata = { name: 'redis', namespace: 'home' };
      place.applies.byHand(redisPath, { apiVersion, kind, metadata, spec });
      return undefined;
    };
    const { code, stdout } = await place.infra(yes);
    expect([code, place.image()]).toEqual([6, 'redis:6.2.9']);
    expect(stdout).toContain('has become another one since it was looked at');
  });

  it('gives hands back what was theirs: the next apply leaves it again', async () => {
    await place.infra(yes);
    place.applies.byHand(redisPath, withImage('redis:6.2.9'));
    expect((await place.infra([...yes, '--overwrite-drift'])).code).toBe(0);
    expect((await place.infra(['rollback', '--yes'])).code).toBe(0);
    const next = await place.infra(yes);
    expect([next.code, place.image()]).toEqual([6, 'redis:6.2.9']);
    expect(next.stdout).toContain('by joelclaw-undo');
  });

  it('gives back a second time, and takes away nothing that it gave the first time', async () => {
    await place.infra(yes);
    place.applies.byHand(redisPath, withImage('redis:6.2.9', { tty: true }));
    for (let round = 0; round < 2; round++) {
      expect((await place.infra([...yes, '--overwrite-drift'])).code).toBe(0);
      expect((await place.infra(['rollback', '--yes'])).code).toBe(0);
      expect(place.image()).toBe('redis:6.2.9');
      await place.redis('redis:7.4.11', 'args: [--appendonly, "no"]');
    }
    expect((await place.infra(yes)).code).toBe(6);
  });

  it('has nothing of theirs as its own where a rollback ends half-way', async () => {
    await place.infra(yes);
    place.applies.byHand(redisPath, withImage('redis:6.2.9'));
    await place.redis('redis:7.4.11', 'workingDir: /data');
    expect((await place.infra([...yes, '--overwrite-drift'])).code).toBe(0);
    let sent = 0;
    place.applies.onAsked = (method, path, query) => {
      if (method !== 'PATCH' || path !== redisPath || query.has('dryRun')) return undefined;
      return ++sent === 1 ? undefined : 503;
    };
    expect((await place.infra(['rollback', '--yes'])).code).not.toBe(0);
    place.applies.onAsked = () => undefined;
    const next = await place.infra(yes);
    expect([next.code, place.image()]).toEqual([6, 'redis:6.2.9']);
    const again = await place.infra(['rollback', '--yes']);
    expect([again.code, place.image()]).toEqual([0, 'redis:6.2.9']);
    expect(JSON.stringify(place.applies.at(redisPath))).not.toContain('/data');
  });

  it('takes back what it did beside what others have changed since', async () => {
    await place.infra(yes);
    await place.redis('redis:8.0.1');
    expect((await place.infra(yes)).code).toBe(0);
    const labelled = withImage('redis:8.0.1');
    const metadata = { name: 'redis', namespace: 'home', labels: { theirs: 'yes' } };
    place.applies.byHand(redisPath, { ...labelled, metadata });
    const rollback = await place.infra(['rollback', '--yes']);
    expect([rollback.code, place.image()]).toEqual([0, 'redis:7.4.11']);
    expect(JSON.stringify(place.applies.at(redisPath))).toContain('"theirs":"yes"');
  });

  it('takes nothing back over what hands have set where the apply had taken a field away', async () => {
    await place.infra(yes);
    await place.redis('redis:7.4.11', 'workingDir: /data');
    expect((await place.infra(yes)).code).toBe(0);
    place.applies.byHand(redisPath, withImage('redis:7.4.11', { args: ['--by-hand'] }));
    const rollback = await place.infra(['rollback', '--yes']);
    expect([rollback.code, rollback.stderr]).toEqual([6, expect.stringContaining('changed since')]);
    expect(JSON.stringify(place.applies.at(redisPath))).toContain('--by-hand');
  });

  it.each([
    ['is pinned no more', null, 'not pinned now'],
    ['is another one by now', 'another', 'is another now'],
  ])('takes nothing back in a cluster that %s', async (_, uid, words) => {
    await place.infra(yes);
    await place.redis('redis:8.0.1');
    await place.infra(yes);
    await place.pin(uid);
    if (uid !== null) place.applies.become(uid);
    const { code, stderr } = await place.infra(['rollback', '--yes']);
    expect([code, stderr, place.image()]).toEqual([
      6,
      expect.stringContaining(words),
      'redis:8.0.1',
    ]);
  });

  it('loses nothing that hands do between its last look and its write', async () => {
    await place.infra(yes);
    place.applies.byHand(redisPath, withImage('redis:6.2.9'));
    place.applies.onAsked = (method, path, query) => {
      if (method !== 'PATCH' || path !== redisPath || query.has('dryRun')) return undefined;
      place.applies.onAsked = () => undefined;
      place.applies.byHand(redisPath, withImage('redis:6.2.10'));
      return undefined;
    };
    const { code } = await place.infra([...yes, '--overwrite-drift']);
    expect([code, place.image()]).toEqual([6, 'redis:6.2.10']);
  });

  it('writes over a status that a controller has written in that moment', async () => {
    await place.infra(yes);
    await place.redis('redis:8.0.1');
    place.applies.onAsked = (method, path, query) => {
      if (method !== 'PATCH' || path !== redisPath || query.has('dryRun')) return undefined;
      place.applies.onAsked = () => undefined;
      place.applies.report(redisPath);
      return undefined;
    };
    expect([(await place.infra(yes)).code, place.image()]).toEqual([0, 'redis:8.0.1']);
  });

  it('takes back each of two objects of one name in two namespaces', async () => {
    const settings = (value: string) =>
      ['home', 'away']
        .map(
          (namespace) => `apiVersion: v1
kind: ConfigMap
metadata: {name: redis, namespace: ${namespace}}
data: {where: ${namespace}-${value}}
`,
        )
        .join('---\n');
    await place.write(
      'home.yaml',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: home}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: away}\n',
    );
    await place.write('redis.yaml', settings('one'));
    expect((await place.infra(yes)).code).toBe(0);
    await place.write('redis.yaml', settings('two'));
    expect((await place.infra(yes)).code).toBe(0);
    expect((await place.infra(['rollback', '--yes'])).code).toBe(0);
    for (const namespace of ['home', 'away']) {
      const at = `/api/v1/namespaces/${namespace}/configmaps/redis`;
      expect(place.applies.at(at)).toMatchObject({ data: { where: `${namespace}-one` } });
    }
  });

  it('mends a StatefulSet that has never come up', async () => {
    await place.redis('redis:broken-1');
    expect((await place.infra([...yes, '--timeout', '4s'])).code).toBe(4);
    const again = await place.infra([...yes, '--timeout', '4s']);
    expect([again.code, again.stdout]).toEqual([1, expect.stringContaining('0 of 1 pods')]);
    await place.redis('redis:8.0.1');
    expect([(await place.infra(yes)).code, place.image()]).toEqual([0, 'redis:8.0.1']);
  });

  it('makes its own what stands as it is to, and changes nothing of it', async () => {
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', data: { maxmemory: '256mb' } };
    const metadata = { name: 'redis', namespace: 'home' };
    const home = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'home' } };
    place.applies.byHand(namespacePath, home);
    place.applies.byHand(settingsPath, { ...settings, metadata }, 'kubectl-client-side-apply');
    await place.infra(yes);
    expect((await place.infra(yes)).stdout).toContain('nothing to do');
    expect(JSON.stringify(place.applies.at(settingsPath))).toContain('"manager":"joelclaw"');
    await place.write(
      'redis.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: redis, namespace: home}\ndata: {maxmemory: 512mb}\n',
    );
    const plan = JSON.parse((await place.infra(['plan', '--json'])).stdout);
    expect(plan.result.items[0]).toMatchObject({ verdict: 'drift' });
  });

  it('begins nothing in a namespace that nobody makes', async () => {
    await place.write(
      'home.yaml',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: elsewhere}\n',
    );
    const { code, stdout } = await place.infra(yes);
    expect([code, stdout]).toEqual([6, expect.stringContaining('there is no namespace home')]);
    expect(place.applies.applied).toEqual(['/api/v1/namespaces/elsewhere']);
  });
});

const labelled = `apiVersion: v1
kind: Namespace
metadata: {name: home, labels: {tier: house}}
`;
