import { nearest } from '../../../model/nearest.ts';
import { faultAt, type TextFault, warningAt } from '../../../model/text-fault.ts';
import { clientObjects, typeFaults } from './check-type.ts';
import { imageFaults } from './images.ts';
import type { ManifestObject } from './manifest.ts';
import { valueAt } from './pod-spec.ts';
import { podFaults } from './pods.ts';

/** What is wrong with one object by itself: who it is, its fields, its pods. */
export function objectFaults(object: ManifestObject): readonly TextFault[] {
  const { apiVersion, kind, value } = object;
  const unnamed = identityFaults(object);
  if (unnamed.length > 0) return unnamed;
  const known = clientObjects[`${apiVersion} ${kind}`];
  if (!known) return [unknownObject(object)];
  const [type, isNamespaced] = known;
  const typed = typeFaults(object, value, { type });
  return [
    ...namespaceFaults(object, isNamespaced),
    ...typed,
    ...secretFaults(object),
    ...imageFaults(object),
    ...(typed.length === 0 ? podFaults(object) : []),
  ];
}

const dnsName = /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/;
/** A Service's name is a label of DNS that begins with a letter. */
const serviceName = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
/** Names of roles and their bindings are any that fit in a path. */
const isFree = (kind: string): boolean => /Role/.test(kind);

function identityFaults(object: ManifestObject): readonly TextFault[] {
  const { apiVersion, kind, name } = object;
  if (apiVersion === '') {
    return [faultAt(object.at(['apiVersion']), 'lacks apiVersion', 'apiVersion: v1')];
  }
  if (kind === '') return [faultAt(object.at(['kind']), 'lacks kind', 'kind: Service')];
  if (name === '') {
    return [faultAt(object.at(['metadata']), 'lacks metadata.name', 'metadata: { name: … }')];
  }
  if (isFree(kind) || (kind === 'Service' ? serviceName : dnsName).test(name)) return [];
  const message = 'is no name for it';
  return [
    faultAt(object.at(['metadata', 'name']), message, 'small letters, digits and "-", as web-1'),
  ];
}

function unknownObject(object: ManifestObject): TextFault {
  const { apiVersion, kind } = object;
  const all = Object.keys(clientObjects);
  const sameKind = all.find((one) => one.endsWith(` ${kind}`));
  if (sameKind !== undefined && !/\.(?!k8s\.io)[a-z]+\.[a-z]+\//.test(apiVersion)) {
    const [version = ''] = sameKind.split(' ');
    return faultAt(object.at(['apiVersion']), `knows no ${kind}`, `apiVersion: ${version}`);
  }
  const isBuiltIn = !apiVersion.includes('.') || /\.k8s\.io\//.test(apiVersion);
  const sameVersion = all.filter((one) => one.startsWith(`${apiVersion} `));
  const near = nearest(
    kind,
    sameVersion.map((one) => one.slice(apiVersion.length + 1)),
  );
  if (near !== null) return faultAt(object.at(['kind']), `is no kind of ${apiVersion}`, near);
  if (isBuiltIn && sameVersion.length > 0)
    return faultAt(object.at(['kind']), `is no kind of ${apiVersion}`, 'kubectl api-resources');
  return warningAt(
    object.at(['kind']),
    `its fields were not checked: the Kubernetes client knows no ${kind} of ${apiVersion}`,
    'kubectl apply --dry-run=server',
  );
}

function namespaceFaults(object: ManifestObject, isNamespaced: boolean): readonly TextFault[] {
  const { namespace, kind, value } = object;
  const told = valueAt(value, ['metadata', 'namespace']);
  if (isNamespaced && (told ?? '') === '') {
    const hint = 'namespace: … under metadata';
    return [faultAt(object.at(['metadata']), `tells no namespace for a ${kind}`, hint)];
  }
  if (isNamespaced || namespace === '') return [];
  return [
    faultAt(object.at(['metadata', 'namespace']), `a ${kind} is in no namespace`, 'remove it'),
  ];
}

function secretFaults(object: ManifestObject): readonly TextFault[] {
  const { kind, value } = object;
  const held = ['data', 'stringData'].find(
    (key) => kind === 'Secret' && (value[key] ?? null) !== null,
  );
  if (held === undefined) return [];
  const hint = 'kubectl create secret, and leave the file out of git';
  return [faultAt(object.atKey([held]), 'a Secret with its values does not belong here', hint)];
}
