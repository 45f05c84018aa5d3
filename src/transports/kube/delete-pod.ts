import type { DeletePodRequest } from '../contract-kube.ts';
import { type AskGround, askOnce } from './ask-once.ts';
import type { ClusterAccess } from './cluster-access.ts';

/** 202: it is being deleted. 404: it is gone, which is what was wanted. */
const good = [202, 404];

/**
 * Deletes one pod, and only while it is the one of that uid: a StatefulSet's next pod has the same
 * name. The API server answers 409 for another one.
 */
export async function deletePod(
  { namespace, pod, uid }: DeletePodRequest,
  access: ClusterAccess,
  ground: AskGround,
): Promise<void> {
  const options = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } };
  const change = {
    method: 'DELETE',
    type: 'application/json',
    body: JSON.stringify(options),
  } as const;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}`;
  const asked = { verb: 'delete', resource: 'pods', namespace } as const;
  await askOnce({ path, change, ...asked, good }, access, ground);
}
