import { isJsonObject, type JsonObject } from '../model/json.ts';
import { textOf } from '../model/read-facts.ts';
import type { Transports } from '../transports/contract.ts';
import type { LabObject } from './answers/cluster-objects.ts';
import { uidOf } from './answers/kubernetes-words.ts';
import { reach } from './reach.ts';
import { type Room, unexpected } from './room.ts';

/** The objects of a site's clusters, and what hands make of them: a server that knows no defaults. */
export function objectsIn(room: Room): Pick<Transports, 'kubeObject' | 'applyObject'> {
  const { site, moment } = room;
  const objects = new Map(site.objects);
  const found = (cluster: string, path: string): LabObject =>
    objects.get(`${cluster}:${path}`) ?? unexpected(`object ${cluster} ${path}`);
  return {
    kubeObject: async ({ cluster: { name }, path, wouldBe }, options) => {
      await reach(room, name, options);
      if (wouldBe === null && path === systemPath) return system;
      const { live, refusal } = found(name, path);
      if (wouldBe === null) return live;
      return wouldBe.force || refusal === null ? wouldBe.object : refusal;
    },
    applyObject: async ({ cluster: { name }, path, object, force }, options) => {
      await reach(room, name, options);
      const { live, refusal } = found(name, path);
      if (refusal !== null && !force) return refusal;
      const next = appliedOver(live, object);
      objects.set(`${name}:${path}`, { live: next, refusal: null });
      moment().restart(`${name}:${workloadOf(object)}`);
      return next;
    },
  };
}

const systemPath = '/api/v1/namespaces/kube-system';
const system: JsonObject = {
  ...{ apiVersion: 'v1', kind: 'Namespace' },
  metadata: { name: 'kube-system', uid: uidOf('namespace kube-system') },
};

function appliedOver({ metadata, status = {} }: JsonObject, object: JsonObject): JsonObject {
  const before = isJsonObject(metadata) ? metadata : {};
  const own = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const { managedFields = [], generation = 1 } = before;
  return { ...object, metadata: { ...own, managedFields, generation }, status };
}

function workloadOf({ kind, metadata }: JsonObject): string {
  const name = isJsonObject(metadata) ? textOf(metadata['name']) : null;
  return `${(textOf(kind) ?? '').toLowerCase()}/${name ?? ''}`;
}
