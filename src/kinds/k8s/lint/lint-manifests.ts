import { faultAt, type TextFault, type TextPlace, warningAt } from '../../../model/text-fault.ts';
import { objectFaults } from './lint-object.ts';
import { type ManifestObject, readManifest } from './manifest.ts';
import { objectsIn, valueAt } from './pod-spec.ts';
import { reachFaults } from './reaches.ts';
import { serviceLinkFaults } from './service-links.ts';

/** A file of manifests. */
interface ManifestText {
  readonly file: string;
  readonly text: string;
}

/** A port of the node that a Service takes; `by` names the Service. */
interface NodePort {
  readonly file: string;
  readonly port: number;
  readonly protocol: string;
  readonly by: string;
  readonly place: TextPlace;
}

/** What was found in the manifests of one cluster. */
export interface LintedManifests {
  readonly faults: ReadonlyMap<string, readonly TextFault[]>;
  readonly ports: readonly NodePort[];
  /** `statefulset/redis` by file. */
  readonly workloads: ReadonlyMap<string, readonly string[]>;
}

interface Placed {
  readonly file: string;
  readonly object: ManifestObject;
}

/** The manifests of one cluster: each by itself, and what one means to another. */
export function lintManifests(texts: readonly ManifestText[]): LintedManifests {
  const read = texts.map(({ file, text }) => ({ file, ...readManifest(text) }));
  const placed = read.flatMap(({ file, objects }) => objects.map((object) => ({ file, object })));
  const all = placed.map(({ object }) => object);
  const faults = new Map(
    read.map(({ file, objects, faults: broken }) => [
      file,
      [
        ...broken,
        ...objects.flatMap((object) => [
          ...objectFaults(object),
          ...serviceLinkFaults(object, all),
          ...headlessFaults(object, all),
          ...reachFaults(object, all),
          ...again(placed, object),
        ]),
      ],
    ]),
  );
  const workloads = new Map(
    read.map(({ file, objects }) => [
      file,
      objects.map(({ kind, name }) => `${kind.toLowerCase()}/${name}`),
    ]),
  );
  return { faults, ports: placed.flatMap(portsOf), workloads };
}

function idOf({ apiVersion, kind, namespace, name }: ManifestObject): string {
  return [apiVersion.replace(/\/.*$/, ''), kind, namespace, name].join(' ');
}

/** Told at the second. */
function again(placed: readonly Placed[], object: ManifestObject): readonly TextFault[] {
  const first = placed.find((one) => idOf(one.object) === idOf(object));
  if (!first || first.object === object || object.name === '') return [];
  const { line } = first.object.at(['metadata', 'name']);
  const message = `this ${object.kind} is there already: ${first.file}:${line}`;
  return [faultAt(object.at(['metadata', 'name']), message, 'another name, or remove one of them')];
}

/** The names of a StatefulSet's pods are those of a Service that may be told elsewhere. */
function headlessFaults(
  object: ManifestObject,
  all: readonly ManifestObject[],
): readonly TextFault[] {
  if (object.kind !== 'StatefulSet') return [];
  const wanted = valueAt(object.value, ['spec', 'serviceName']);
  if (typeof wanted !== 'string') return [];
  const services = all.filter(
    ({ kind, namespace }) => kind === 'Service' && namespace === object.namespace,
  );
  if (services.some(({ name }) => name === wanted)) return [];
  const hint = services.map(({ name }) => name).join(', ') || 'a Service of that name';
  return [warningAt(object.at(['spec', 'serviceName']), 'no Service here has this name', hint)];
}

function portsOf({ file, object }: Placed): readonly NodePort[] {
  if (object.kind !== 'Service') return [];
  const by = `service/${object.name}`;
  return objectsIn(valueAt(object.value, ['spec', 'ports'])).flatMap(([index, one]) => {
    const { nodePort: port, protocol = 'TCP' } = one;
    if (typeof port !== 'number' || typeof protocol !== 'string') return [];
    return [{ file, port, protocol, by, place: object.at(['spec', 'ports', index, 'nodePort']) }];
  });
}
