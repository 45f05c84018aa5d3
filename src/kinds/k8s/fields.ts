import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { objectsOf, textOf } from '../../model/read-facts.ts';

/** A value deep within an object; undefined where the way to it ends. */
export function fieldOf(object: JsonObject, ...path: readonly string[]): Json | undefined {
  let value: Json | undefined = object;
  for (const key of path) value = isJsonObject(value) ? value[key] : undefined;
  return value;
}

/** The same as an object; an empty one where there is none. */
export function objectAt(object: JsonObject, ...path: readonly string[]): JsonObject {
  const value = fieldOf(object, ...path);
  return isJsonObject(value) ? value : {};
}

/** The same as a text; null where there is none. */
export function textAt(object: JsonObject, ...path: readonly string[]): string | null {
  return textOf(fieldOf(object, ...path));
}

/** The API leaves out a number that is 0; null is what is there and is no number. */
export function numberAt(object: JsonObject, ...path: readonly string[]): number | null {
  const value = fieldOf(object, ...path) ?? 0;
  return typeof value === 'number' ? value : null;
}

/** Milliseconds since 1970; null where there is no time. */
export function timeAt(object: JsonObject, ...path: readonly string[]): number | null {
  const atMs = Date.parse(textAt(object, ...path) ?? '');
  return Number.isNaN(atMs) ? null : atMs;
}

/** One of an object's `status.conditions`. `status` is True, False, Unknown, or what is not known here. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly changedMs: number | null;
}

export function conditionsOf(object: JsonObject): readonly Condition[] {
  return objectsOf(fieldOf(object, 'status', 'conditions')).map((one) => ({
    type: textAt(one, 'type') ?? '',
    status: textAt(one, 'status') ?? '',
    reason: textAt(one, 'reason'),
    message: textAt(one, 'message'),
    changedMs: timeAt(one, 'lastTransitionTime'),
  }));
}

/** The uid of what controls an object: a pod's StatefulSet, a ReplicaSet's Deployment. */
export function controllerOf(object: JsonObject): string | null {
  const owners = objectsOf(fieldOf(object, 'metadata', 'ownerReferences'));
  const controller = owners.find((owner) => owner['controller'] === true);
  return controller ? textAt(controller, 'uid') : null;
}
