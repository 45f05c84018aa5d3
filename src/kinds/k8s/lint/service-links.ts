import { faultAt, type TextFault } from '../../../model/text-fault.ts';
import { nameOf } from './images.ts';
import type { ManifestObject } from './manifest.ts';
import { type ContainerSpec, containersOf, objectsIn, podSpecOf } from './pod-spec.ts';

/** Programs that read their settings as NAME_PORT, whatever else a manifest tells them. */
const readsOwnName = new Set(['inngest']);

interface Linked extends ContainerSpec {
  readonly namespace: string;
  readonly workload: string;
}

/**
 * Kubernetes tells every pod of every Service of its namespace by variables: a Service `inngest` puts
 * `INNGEST_PORT=tcp://10.0.0.1:8288` into containers, and one that takes that for its own port ends
 * at once. Told at the Service's name.
 */
export function serviceLinkFaults(
  service: ManifestObject,
  all: readonly ManifestObject[],
): readonly TextFault[] {
  if (service.kind !== 'Service') return [];
  const prefix = `${service.name.toUpperCase().replaceAll('-', '_')}_`;
  const near = all.flatMap(linked).filter(({ namespace }) => namespace === service.namespace);
  const hit = near.find((container) => collision(container, prefix) !== null);
  if (!hit) return [];
  const name = collision(hit, prefix);
  const message = `puts ${name} into ${hit.workload}, which reads it as a setting of its own`;
  const hint = `another name such as ${service.name}-svc, or enableServiceLinks: false on its pods`;
  return [faultAt(service.at(['metadata', 'name']), message, hint)];
}

function linked(object: ManifestObject): readonly Linked[] {
  const pod = podSpecOf(object);
  if (!pod || pod.spec['enableServiceLinks'] === false) return [];
  const workload = `${object.kind.toLowerCase()}/${object.name}`;
  return containersOf(pod).map((one) => ({ ...one, namespace: object.namespace, workload }));
}

const injected = /^(?:SERVICE_(?:HOST|PORT(?:_\w+)?)|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?)?)$/;

/** The variable of a Service that a container takes for its own; null where there is none. */
function collision({ spec }: Linked, prefix: string): string | null {
  const own = objectsIn(spec['env']).flatMap(([, { name }]) =>
    typeof name === 'string' && name.startsWith(prefix) ? [name] : [],
  );
  const same = own.find((name) => injected.test(name.slice(prefix.length)));
  if (same !== undefined) return same;
  const { image } = spec;
  const program = typeof image === 'string' ? (nameOf(image).split('/').at(-1) ?? '') : '';
  const isItsName = `${program.toUpperCase().replaceAll('-', '_')}_` === prefix;
  return isItsName && (own.length > 0 || readsOwnName.has(program)) ? `${prefix}PORT` : null;
}
