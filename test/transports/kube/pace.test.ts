import { afterEach, describe, expect, it } from 'vitest';
import { kubeTiming, watchSecondsFor } from '../../../src/transports/kube/timing.ts';
import { faultOfCall } from '../../support/calls.ts';
import { type KubeRig, startKubeRig } from './kube-rig.ts';

let rig: KubeRig;
afterEach(() => rig?.stop());

describe('how long a watch lasts', () => {
  it.each([
    [500, 2],
    [1000, 2],
    [2000, 2],
    [2600, 3],
    [5000, 5],
    [10_000, 10],
    [60_000, 10],
    [Number.POSITIVE_INFINITY, 10],
  ])('asked every %d ms: %d s, so that no quiet one is stale', (paceMs, seconds) => {
    expect(watchSecondsFor(paceMs, kubeTiming)).toBe(seconds);
  });

  it('is what the server is asked for, by how often it is asked', async () => {
    rig = await startKubeRig();
    await rig.list('pods');
    await rig.list('pods');
    await rig.server.until(() => rig.server.asked({ verb: 'watch' }).length === 1);
    const [watch] = rig.server.asked({ verb: 'watch' });
    expect(watch?.query.get('timeoutSeconds')).toBe('1');
  });
});

it('lists that wait behind one that is not answered are not asked too, one after the other', async () => {
  rig = await startKubeRig();
  rig.server.behave({}, 'silent');
  const namespaces = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const lists = namespaces.map((namespace) =>
    faultOfCall(rig.list('pods', { namespace, timeoutMs: 400 })),
  );
  const codes = (await Promise.all(lists)).map(({ code }) => code);
  expect(new Set(codes)).toEqual(new Set(['timeout']));
  expect(rig.server.asked({ verb: 'list' }).length).toBeLessThan(namespaces.length / 2);
});
