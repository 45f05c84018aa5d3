import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import { type JsonObject, jsonObjectOf } from '../../model/json.ts';
import type { ApplyObjectRequest, KubeObjectRequest } from '../contract-kube.ts';
import { type AskGround, askOnce } from './ask-once.ts';
import type { ClusterAccess } from './cluster-access.ts';

/** Created; refused for what was sent (400, 404, 409, 422), which its Status explains. */
const good = [201, 400, 404, 409, 422];
/** A field that its schema does not know is 500 to kube-apiserver 1.36, and no trouble of the server. */
function isOfObject(body: string): boolean {
  return /^failed to create typed patch object/.test(String(jsonObjectOf(body)?.['message']));
}

const dry = '&dryRun=All';

/**
 * An object as it is, or as it would be by server-side apply: `dryRun=All`, so that nothing is ever
 * changed. What the server refuses for the object's sake is its Status, not a fault.
 */
export async function kubeObject(
  { wouldBe, ...place }: KubeObjectRequest,
  access: ClusterAccess,
  ground: AskGround,
): Promise<JsonObject> {
  if (wouldBe !== null) return patch({ ...place, ...wouldBe }, dry, { access, ground });
  return objectIn(await askOnce({ ...asked(place), verb: 'get' }, access, ground), place);
}

/** The same apply, carried out. */
export function applyObject(
  request: ApplyObjectRequest,
  access: ClusterAccess,
  ground: AskGround,
): Promise<JsonObject> {
  return patch(request, '', { access, ground });
}

async function patch(
  { object, force, manager = 'joelclaw', ...place }: ApplyObjectRequest,
  how: string,
  { access, ground }: { readonly access: ClusterAccess; readonly ground: AskGround },
): Promise<JsonObject> {
  const query = `?fieldManager=${manager}&fieldValidation=Strict${how}${force ? '&force=true' : ''}`;
  const question = {
    ...asked(place),
    path: `${place.path}${query}`,
    verb: 'patch',
    change: {
      method: 'PATCH',
      // JSON is YAML too.
      type: 'application/apply-patch+yaml',
      body: JSON.stringify(object),
    },
  } as const;
  return objectIn(await askOnce(question, access, ground), place);
}

type Place = Omit<KubeObjectRequest, 'wouldBe'>;

function asked({ path, resource, namespace }: Place) {
  return { path, resource, namespace, good, isAnswer: isOfObject };
}

function objectIn(answer: string, { resource }: Place): JsonObject {
  const body = jsonObjectOf(answer);
  if (body === null || typeof body['kind'] !== 'string') {
    throw new FaultError(faultOf('protocol', `its answer about ${resource} is no object`));
  }
  return body;
}
