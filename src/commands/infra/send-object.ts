import { objectAt, textAt } from '../../kinds/k8s/fields.ts';
import type { ClusterGround } from '../../kinds/k8s/objects/assert-cluster.ts';
import { sameObject } from '../../kinds/k8s/objects/canonical.ts';
import { isFailure, isModified, messageOf } from '../../kinds/k8s/objects/compare-object.ts';
import { FaultError } from '../../model/errors.ts';
import { type Fault, faultOf } from '../../model/fault.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ObjectWrite } from '../../model/object-write.ts';
import type { ApplyObjectRequest } from '../../transports/contract-kube.ts';
import { type ApplyGround, finishing } from './apply-ground.ts';
import type { ObjectChange } from './object-change.ts';

type Acting = Pick<ApplyGround, 'act'>;

/** The cluster of a change, and how it is asked. */
export function clusterOf({ cluster }: ObjectChange, { act }: Acting): ClusterGround {
  return { cluster, transports: act.open.transports, options: finishing };
}

/** The object as it is; null where it is not there. */
export async function objectNow(
  { cluster, object }: Pick<ObjectChange, 'cluster' | 'object'>,
  { act }: Acting,
): Promise<JsonObject | null> {
  const { path, resource, namespace } = object;
  const asked = { cluster, path, resource, namespace, wouldBe: null };
  const answer = await act.open.transports.kubeObject(asked, finishing);
  if (!isFailure(answer)) return answer;
  if (answer['code'] === 404) return null;
  throw new FaultError(faultOf('protocol', `${object.name}: ${messageOf(answer)}`));
}

/** What it would make of the object, by a dry run. */
export async function wouldBecome(
  { cluster, object: { path, resource, namespace, object, force, name } }: ObjectChange,
  { act }: Acting,
): Promise<JsonObject> {
  const asked = { cluster, path, resource, namespace, wouldBe: { object, force } };
  const answer = await act.open.transports.kubeObject(asked, finishing);
  if (isFailure(answer)) throw new FaultError(refusedBy(answer, name));
  return answer;
}

/** A controller writes its status at any moment; between two looks that is tried again so often. */
const tries = 5;

type Sent = Pick<ApplyObjectRequest, 'object' | 'force' | 'manager'> & {
  readonly live: JsonObject | null;
};

/** Sends it only over the very object that was looked at (`live`): what hands do in that moment is not lost. */
export async function sendOver(
  change: ObjectChange,
  { live, object, force, manager = 'joelclaw' }: Sent,
  ground: Acting,
): Promise<JsonObject> {
  const { name, path, resource, namespace } = change.object;
  const place = { cluster: change.cluster, path, resource, namespace };
  const { transports } = ground.act.open;
  let seen = live;
  for (let left = tries; ; left--) {
    const sent = { ...place, object: atVersion(object, seen), force, manager };
    const answer = await transports.applyObject(sent, finishing);
    if (!isFailure(answer)) return answer;
    if (!isModified(answer) || left === 1) throw new FaultError(refusedBy(answer, name));
    seen = await objectNow(change, ground);
    if (!sameObject(seen, live)) throw new FaultError(changedMeanwhile(change.object));
  }
}

/** An apply that names a version is refused over any other one. */
function atVersion(object: JsonObject, live: JsonObject | null): JsonObject {
  const version = live && textAt(live, 'metadata', 'resourceVersion');
  if (!version) return object;
  return { ...object, metadata: { ...objectAt(object, 'metadata'), resourceVersion: version } };
}

function refusedBy(answer: JsonObject, name: string): Fault {
  const code = answer['code'] === 409 ? 'stale' : 'protocol';
  return faultOf(code, `the API server refuses ${name}: ${messageOf(answer)}`, { side: 'prober' });
}

/** Somebody has changed it since it was planned. */
export function changedMeanwhile({ name }: ObjectWrite): Fault {
  const hint = 'look at it with joelclaw infra diff, and apply again';
  return faultOf('stale', `${name} has become another one since it was looked at`, {
    side: 'prober',
    hint,
  });
}
