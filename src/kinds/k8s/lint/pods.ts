import { isJsonObject } from '../../../model/json.ts';
import { faultAt, type TextFault } from '../../../model/text-fault.ts';
import type { ManifestObject } from './manifest.ts';
import {
  type ContainerSpec,
  containersOf,
  objectsIn,
  type PodSpec,
  podSpecOf,
  valueAt,
} from './pod-spec.ts';

/** What the server would refuse of a workload, or a kubelet of its pods, that no type tells. */
export function podFaults(object: ManifestObject): readonly TextFault[] {
  const pod = podSpecOf(object);
  if (!pod) return [];
  const containers = containersOf(pod);
  return [
    ...selectorFaults(object),
    ...mountFaults(object, pod, containers),
    ...probeFaults(object, containers),
    ...repeated(object, containers),
  ];
}

/** A selector that its own pods do not match is refused. */
function selectorFaults(object: ManifestObject): readonly TextFault[] {
  const path = ['spec', 'selector', 'matchLabels'];
  const wanted = valueAt(object.value, path);
  const labels = valueAt(object.value, ['spec', 'template', 'metadata', 'labels']);
  if (!isJsonObject(wanted)) return [];
  return Object.entries(wanted).flatMap(([key, value]) => {
    if (isJsonObject(labels) && labels[key] === value) return [];
    const hint = 'the same label under spec.template.metadata.labels';
    return [faultAt(object.atKey([...path, key]), 'its own pods do not have this label', hint)];
  });
}

function mountFaults(
  object: ManifestObject,
  { spec }: PodSpec,
  containers: readonly ContainerSpec[],
): readonly TextFault[] {
  const claims = objectsIn(valueAt(object.value, ['spec', 'volumeClaimTemplates']));
  const known = [
    ...objectsIn(spec['volumes']).map(([, volume]) => volume['name']),
    ...claims.map(([, claim]) => valueAt(claim, ['metadata', 'name'])),
  ];
  return containers.flatMap((container) =>
    objectsIn(container.spec['volumeMounts']).flatMap(([index, { name = null }]) => {
      if (known.includes(name)) return [];
      const place = object.at([...container.path, 'volumeMounts', index, 'name']);
      const hint = known.filter(Boolean).join(', ') || 'a volume of that name';
      return [faultAt(place, 'no volume has this name', hint)];
    }),
  );
}

/** A probe by the name of a port asks one that its container tells. */
function probeFaults(
  object: ManifestObject,
  containers: readonly ContainerSpec[],
): readonly TextFault[] {
  return containers.flatMap(({ path, spec }) => {
    const ports = objectsIn(spec['ports']).map(([, port]) => port['name']);
    return ['startupProbe', 'livenessProbe', 'readinessProbe'].flatMap((probe) =>
      ['httpGet', 'tcpSocket'].flatMap((way) => {
        const port = valueAt(spec, [probe, way, 'port']);
        if (typeof port !== 'string' || ports.includes(port)) return [];
        const place = object.at([...path, probe, way, 'port']);
        return [faultAt(place, 'no port of the container has this name', 'its number')];
      }),
    );
  });
}

function repeated(
  object: ManifestObject,
  containers: readonly ContainerSpec[],
): readonly TextFault[] {
  const names = containers.map(({ spec }) => spec['name']);
  return containers.flatMap(({ path }, index) => {
    if (names.indexOf(names[index]) === index) return [];
    return [faultAt(object.at([...path, 'name']), 'two containers have this name', 'another name')];
  });
}
