import type { JsonObject } from '../../model/json.ts';

/** An object as a cluster has it, and how it refuses an apply of ours without force; null where it does not. */
export interface LabObject {
  readonly live: JsonObject;
  readonly refusal: JsonObject | null;
}

/** By `cluster:/path` */
export type LabObjects = ReadonlyMap<string, LabObject>;

/** Of the repo, and what the cluster has of it. */
export const redisManifest = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: redis
  namespace: joelclaw
spec:
  replicas: 1
  serviceName: redis
  selector:
    matchLabels:
      app: redis
  template:
    metadata:
      labels:
        app: redis
    spec:
      containers:
        - name: redis
          image: redis:7.4.11-alpine
          command: [redis-server, --appendonly, "yes", --maxmemory, 256mb]
`;

const place = 'joelclaw:/apis/apps/v1/namespaces/joelclaw/statefulsets/redis';
const command = '.spec.template.spec.containers[name="redis"].command';

function redis(maxMemory: string): JsonObject {
  const metadata = {
    ...{ name: 'redis', namespace: 'joelclaw', generation: 2 },
    managedFields: [{ manager: 'joelclaw', operation: 'Apply', apiVersion: 'apps/v1' }],
  };
  const container = {
    ...{ name: 'redis', image: 'redis:7.4.11-alpine' },
    command: ['redis-server', '--appendonly', 'yes', '--maxmemory', maxMemory],
  };
  const labels = { app: 'redis' };
  const status = {
    ...{ observedGeneration: 2, replicas: 1, readyReplicas: 1, updatedReplicas: 1 },
    ...{ currentRevision: 'redis-1', updateRevision: 'redis-1' },
  };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  const spec = { replicas: 1, serviceName: 'redis', selector: { matchLabels: labels }, template };
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec, status };
}

export const appliedObjects: LabObjects = new Map([
  [place, { live: redis('256mb'), refusal: null }],
]);

/** What `kubectl edit` has made of it, and how a server says that it has (kube-apiserver 1.36). */
export const editedObjects: LabObjects = new Map([
  [
    place,
    {
      live: redis('64mb'),
      refusal: {
        ...{ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Conflict', code: 409 },
        message: `Apply failed with 1 conflict: conflict with "kubectl-edit" using apps/v1: ${command}`,
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "kubectl-edit" using apps/v1',
              field: command,
            },
          ],
        },
      },
    },
  ],
]);
