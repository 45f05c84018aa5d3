import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/model/json.ts';
import { recordedKube, recordedList } from '../../support/kube-objects.ts';
import { type KubeRig, namesOf, startKubeRig } from './kube-rig.ts';

let rig: KubeRig;
afterEach(() => rig.stop());

test('a recorded page is read on from its own token, up to the last one', async () => {
  rig = await startKubeRig();
  const body = recordedKube('statefulsets-paged.json');
  const page = JSON.parse(body) as { metadata: { continue: string }; items: JsonObject[] };
  expect(page.items).toHaveLength(2);
  const { metadata, items } = recordedList('statefulsets');
  const last = items.filter((one) => (one['metadata'] as JsonObject)['name'] === 'redis');
  const rest = JSON.stringify({ kind: 'StatefulSetList', metadata, items: last });
  rig.server.behave({ continued: false }, { status: 200, body });
  rig.server.behave({ continued: true }, { status: 200, body: rest });
  expect(namesOf(await rig.list('statefulsets'))).toEqual(['inngest', 'qdrant', 'redis']);
  const tokens = rig.server.asked().map(({ query }) => query.get('continue'));
  expect(tokens).toEqual([null, page.metadata.continue]);
});
