import { withoutHeld } from '../../kinds/k8s/objects/canonical.ts';
import type { LoggedWrite } from '../../model/apply-log.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ApplyGround } from './apply-ground.ts';
import { keptName } from './kept-name.ts';
import { type ObjectChange, objectId } from './object-change.ts';

interface Seen {
  readonly live: JsonObject | null;
  readonly became: JsonObject;
}

/** Keeps what was there, what is sent and what that makes of it; the line of the journal that tells so. */
export async function keepAll(
  change: ObjectChange,
  { live, became }: Seen,
  ground: ApplyGround,
): Promise<LoggedWrite> {
  const { planned, object, cluster } = change;
  const item = objectId(change);
  const { path, resource, namespace, name, force } = object;
  const kept = keptName(item);
  const file = (end: string) => ({ name: `${kept}.${end}`, mode: '0600', owner: null });
  if (live !== null) await keep(file('before').name, live, ground);
  await keep(file('after').name, object.object, ground);
  await keep(file('became').name, became, ground);
  return {
    ...{ item, kind: 'k8s', host: null, path, service: planned.item.service },
    before: live === null ? null : file('before'),
    after: file('after'),
    ...{ recordBefore: null, recordAfter: null },
    place: {
      ...{ cluster: object.cluster, path, resource, namespace, name, force },
      ...{ uid: cluster.uid, became: file('became').name },
    },
  };
}

/** Of a Secret nothing of what it holds. */
export function keep(name: string, object: JsonObject, { store, id }: ApplyGround): Promise<void> {
  return store.keep(id, name, JSON.stringify(withoutHeld(object)));
}
