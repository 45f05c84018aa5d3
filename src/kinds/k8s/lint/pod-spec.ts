import { isJsonObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { ManifestObject } from './manifest.ts';

type Path = readonly (string | number)[];

/** The pods that an object makes, and where that is told; null for what makes none. */
export interface PodSpec {
  readonly path: Path;
  readonly spec: JsonObject;
}

/** A container of a pod, and where it is told. */
export interface ContainerSpec {
  readonly path: Path;
  readonly spec: JsonObject;
}

const templates: Readonly<Record<string, Path>> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ...Object.fromEntries(
    ['StatefulSet', 'Deployment', 'DaemonSet', 'ReplicaSet', 'Job'].map((kind) => [
      kind,
      ['spec', 'template', 'spec'],
    ]),
  ),
};

/** The pod that an object makes; null where it makes none. */
export function podSpecOf({ kind, value }: ManifestObject): PodSpec | null {
  const path = templates[kind];
  const spec = path === undefined ? null : valueAt(value, path);
  return path !== undefined && isJsonObject(spec) ? { path, spec } : null;
}

/** Its containers, also those that run before and beside. */
export function containersOf({ path, spec }: PodSpec): readonly ContainerSpec[] {
  return ['initContainers', 'containers'].flatMap((list) =>
    objectsIn(spec[list]).map(([index, one]) => ({ path: [...path, list, index], spec: one })),
  );
}

/** The maps of a list, with their places in it. */
export function objectsIn(list: Json | undefined): readonly (readonly [number, JsonObject])[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one, index) => (isJsonObject(one) ? [[index, one] as const] : []));
}

/** What stands at a path; null where nothing does. */
export function valueAt(value: Json, path: Path): Json {
  let reached: Json = value;
  for (const key of path) {
    if (Array.isArray(reached)) reached = reached[Number(key)] ?? null;
    else reached = isJsonObject(reached) ? (reached[key] ?? null) : null;
  }
  return reached;
}
