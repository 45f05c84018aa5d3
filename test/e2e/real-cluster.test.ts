import { describe, expect, test } from 'vitest';
import { isJsonObject } from '../../src/model/json.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { within } from '../support/calls.ts';

const [kubeconfig] = (process.env['KUBECONFIG'] ?? '').split(':');

// Read-only, against whatever cluster the operator points at; without one, test/transports/kube
// proves the same on what a real API server answered.
describe.skipIf(!kubeconfig)('a real cluster', () => {
  const cluster = {
    name: 'real',
    host: 'panda',
    kubeconfig: kubeconfig ?? '',
    context: null,
    namespaces: [],
    uid: null,
    dependsOn: [],
  };

  test.each(['namespaces', 'nodes', 'pods', 'events'] as const)(
    'lists its %s',
    async (resource) => {
      const transports = createLiveTransports();
      try {
        const request = { cluster, resource, namespace: null };
        const { items, provenAtMs } = await transports.kube(request, within(20_000));
        for (const { metadata } of items) {
          expect(isJsonObject(metadata ?? null)).toBe(true);
          expect(metadata).toMatchObject({
            name: expect.stringMatching(/./),
            uid: expect.stringMatching(/./),
            resourceVersion: expect.stringMatching(/./),
          });
          expect(metadata).not.toHaveProperty('managedFields');
        }
        if (resource !== 'events' && resource !== 'pods') expect(items.length).toBeGreaterThan(0);
        expect(Date.now() - provenAtMs).toBeLessThan(20_000);
      } finally {
        await transports.close();
      }
    },
  );
});
