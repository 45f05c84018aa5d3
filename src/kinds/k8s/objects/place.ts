import { clientObjects } from '../lint/check-type.ts';
import type { ManifestObject } from '../lint/manifest.ts';

/** Where an object lives below the API, and what its kind is called there. */
export interface ObjectPlace {
  readonly path: string;
  readonly resource: string;
  readonly namespace: string | null;
}

/** The place of an object of a manifest, or why there is none that is known. */
export function placeOf({
  apiVersion,
  kind,
  name,
  namespace,
}: Pick<ManifestObject, 'apiVersion' | 'kind' | 'name' | 'namespace'>):
  | ObjectPlace
  | { readonly why: string } {
  const known = clientObjects[`${apiVersion} ${kind}`];
  if (!known) return { why: `${apiVersion} ${kind} is no kind that joelclaw knows` };
  if (name === '') return { why: `a ${kind} has no name` };
  const [, isNamespaced] = known;
  if (isNamespaced && namespace === '') return { why: `${kind} ${name} names no namespace` };
  const odd = [name, namespace].find((one) => one === '.' || one === '..' || /[/%]/.test(one));
  if (odd !== undefined) return { why: `${odd} is no name that Kubernetes takes` };
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const within = isNamespaced ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const resource = pluralOf(kind);
  return {
    path: `${base}${within}/${resource}/${encodeURIComponent(name)}`,
    resource,
    namespace: isNamespaced ? namespace : null,
  };
}

/** As Kubernetes names its resources (k8s.io/apimachinery, UnsafeGuessKindToResource). */
function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (word === 'endpoints') return word;
  if (word.endsWith('s')) return `${word}es`;
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}
