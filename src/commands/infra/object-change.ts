import type { PlannedItem } from '../../model/infra.ts';
import type { Cluster } from '../../model/inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ObjectWrite } from '../../model/object-write.ts';
import type { OpenNetwork } from '../open-network.ts';

/** An object of a cluster that is to be changed, and what takes that back; `became` is what it was made of it. */
export interface ObjectChange {
  readonly type: 'object';
  readonly planned: PlannedItem;
  readonly cluster: Cluster;
  readonly object: ObjectWrite;
  readonly became?: JsonObject;
}

/** The objects of an item that are to be changed, in their order; with `unproved` those that were, too. */
export function objectChangesOf(
  planned: PlannedItem,
  { network: { inventory } }: OpenNetwork,
  { unproved = false }: { readonly unproved?: boolean } = {},
): readonly ObjectChange[] {
  const objects = [...(planned.objects ?? []), ...(unproved ? (planned.unproved ?? []) : [])];
  return objects.flatMap((object) => {
    const cluster = inventory.clusters.find(({ name }) => name === object.cluster);
    return cluster ? [{ type: 'object', planned, cluster, object }] : [];
  });
}

/** By which the journal knows it: no two objects of a manifest live at one path. */
export function objectId({ planned, object }: Pick<ObjectChange, 'planned' | 'object'>): string {
  const { id } = planned.item;
  return planned.restores ? id : `${id}#${object.path.replace(/^\/apis?\//, '')}`;
}
