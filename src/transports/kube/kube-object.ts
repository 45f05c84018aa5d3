import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import { type JsonObject, jsonObjectOf } from '../../model/json.ts';
import type { KubeObjectRequest } from '../contract-kube.ts';
import { type AskGround, askOnce } from './ask-once.ts';
import type { ClusterAccess } from './cluster-access.ts';

/** Created; refused for what was sent (400, 404, 409, 422), which its Status explains. */
const good = [201, 400, 404, 409, 422];
/** A field that its schema does not know is 500 to kube-apiserver 1.36, and no trouble of the server. */
function isOfObject(body: string): boolean {
  return /^failed to create typed patch object/.test(String(jsonObjectOf(body)?.['message']));
}

/**
 * An object as it is, or as it would be by server-side apply: `dryRun=All`, so that nothing is ever
 * changed. What the server refuses for the object's sake is its Status, not a fault.
 */
export async function kubeObject(
  { path, resource, namespace, wouldBe }: KubeObjectRequest,
  access: ClusterAccess,
  ground: AskGround,
): Promise<JsonObject> {
  const force = wouldBe?.force ? '&force=true' : '';
  const query = `?fieldManager=joelclaw&fieldValidation=Strict&dryRun=All${force}`;
  const question = {
    ...{ resource, namespace, good, isAnswer: isOfObject },
    ...(wouldBe === null
      ? { path, verb: 'get' as const }
      : {
          path: `${path}${query}`,
          verb: 'patch' as const,
          change: {
            method: 'PATCH' as const,
            // JSON is YAML too.
            type: 'application/apply-patch+yaml',
            body: JSON.stringify(wouldBe.object),
          },
        }),
  };
  const body = jsonObjectOf(await askOnce(question, access, ground));
  if (body === null || typeof body['kind'] !== 'string') {
    throw new FaultError(faultOf('protocol', `its answer about ${resource} is no object`));
  }
  return body;
}
