import { faultAt, type TextFault, warningAt } from '../../../model/text-fault.ts';
import type { ManifestObject } from './manifest.ts';
import { containersOf, podSpecOf } from './pod-spec.ts';

/** An image that is not pinned is another one after the next pull. */
export function imageFaults(object: ManifestObject): readonly TextFault[] {
  const pod = podSpecOf(object);
  return (pod ? containersOf(pod) : []).flatMap(({ path, spec }) => {
    const { image } = spec;
    if (typeof image !== 'string') return [];
    const trouble = pinTrouble(image);
    if (trouble === null) return [];
    const say = trouble.isWarning ? warningAt : faultAt;
    return [say(object.at([...path, 'image']), trouble.message, `${nameOf(image)}:1.2.3`)];
  });
}

/** `registry:5000/name`, without tag and digest. */
export function nameOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}

function pinTrouble(
  image: string,
): { readonly message: string; readonly isWarning: boolean } | null {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return null;
  const tag = /:([^/:]*)$/.exec(image)?.[1] ?? '';
  if (tag === '')
    return { message: 'has no tag: each pull may bring another one', isWarning: false };
  if (!/\d/.test(tag)) return { message: `"${tag}" is whatever is newest`, isWarning: false };
  if (/\d+\.\d+/.test(tag) || /[0-9a-f]{7}/.test(tag) || /\d{4}-?\d\d/.test(tag)) return null;
  return { message: `"${tag}" is no one release: it moves with each`, isWarning: true };
}
