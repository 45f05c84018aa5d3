import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import { faultAt, type TextFault, warningAt } from '../../../model/text-fault.ts';
import type { ManifestObject } from './manifest.ts';
import { objectsIn, podSpecOf, valueAt } from './pod-spec.ts';

/** What a Service reaches nobody by: numbers that are no ports, and labels that no pod here has. */
export function reachFaults(
  object: ManifestObject,
  all: readonly ManifestObject[],
): readonly TextFault[] {
  if (object.kind !== 'Service') return [];
  return [...portFaults(object), ...selectorFaults(object, all)];
}

function portFaults(object: ManifestObject): readonly TextFault[] {
  const list = ['spec', 'ports'];
  return objectsIn(valueAt(object.value, list)).flatMap(([index, one]) =>
    ['port', 'targetPort', 'nodePort'].flatMap((key) => {
      const port = one[key];
      if (typeof port !== 'number' || (port >= 1 && port <= 65_535)) return [];
      return [faultAt(object.at([...list, index, key]), 'is no port', 'between 1 and 65535')];
    }),
  );
}

/** Pods may also be told elsewhere, so that this is a warning. */
function selectorFaults(
  object: ManifestObject,
  all: readonly ManifestObject[],
): readonly TextFault[] {
  const path = ['spec', 'selector'];
  const wanted = valueAt(object.value, path);
  if (!isJsonObject(wanted) || Object.keys(wanted).length === 0) return [];
  const pods = all
    .filter(({ namespace }) => namespace === object.namespace)
    .map(labelsOf)
    .filter((labels) => labels !== null);
  const isReached = (labels: JsonObject): boolean =>
    Object.entries(wanted).every(([key, value]) => labels[key] === value);
  if (pods.some(isReached)) return [];
  const shown = pods.flatMap((labels) =>
    Object.keys(wanted).flatMap((key) => (key in labels ? `${key}: ${labels[key]}` : [])),
  );
  const hint = [...new Set(shown)].join(', ') || 'the labels of the pods that it is for';
  return [warningAt(object.atKey(path), 'no pod here has these labels', hint)];
}

/** The labels of the pods that an object makes; null where it makes none. */
function labelsOf(object: ManifestObject): JsonObject | null {
  const pod = podSpecOf(object);
  if (pod === null) return null;
  const labels = valueAt(object.value, [...pod.path.slice(0, -1), 'metadata', 'labels']);
  return isJsonObject(labels) ? labels : {};
}
