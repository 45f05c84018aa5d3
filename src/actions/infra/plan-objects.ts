import { applyRank } from '../../kinds/k8s/objects/apply-order.ts';
import { canonical } from '../../kinds/k8s/objects/canonical.ts';
import { isApplied } from '../../kinds/k8s/objects/compare-object.ts';
import type { ManifestStanding, ObjectFound } from '../../kinds/k8s/objects/look-at.ts';
import { isWorkload } from '../../kinds/k8s/objects/rollout.ts';
import { type FileVerdict, handMade } from '../../model/file-verdict.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ObjectWrite } from '../../model/object-write.ts';
import { textOf } from '../../model/read-facts.ts';

/** How the objects of a manifest stand in their cluster. */
export interface ManifestSeen extends ManifestStanding {
  readonly cluster: string;
  /** Why none of it is written, whatever differs; null where it may be. */
  readonly whyNotWritten: string | null;
}

/**
 * What of a manifest is to be applied, what others stand on first; nothing where one of it would be
 * refused, or somebody's hands are in it and going over them is not wished.
 */
export function objectWrites(
  { objects, cluster, verdict, isRefused, whyNotWritten }: ManifestSeen,
  { overwriteDrift }: { readonly overwriteDrift: boolean },
): readonly ObjectWrite[] {
  const isWanted = verdict === 'pending' || verdict === 'missing';
  const isAgreed = isWanted || (overwriteDrift && handMade.has(verdict));
  if (!isAgreed || isRefused || whyNotWritten !== null) return [];
  return objects.filter(differs).flatMap((one) => writeOf(one, cluster));
}

/** What stands as it is to and is nobody's of us: it becomes ours, so that what is taken out of the repo goes. */
export function objectsToAdopt({
  objects,
  cluster,
  verdict,
  whyNotWritten,
}: ManifestSeen): readonly ObjectWrite[] {
  if (verdict !== 'in-sync' || whyNotWritten !== null) return [];
  return objects
    .filter(({ live, takesFields }) => live !== null && !takesFields && !isApplied(live))
    .flatMap((one) => writeOf(one, cluster));
}

/** The workloads of a manifest, as they stand. */
export function workloadsOf({ objects, cluster }: ManifestSeen): readonly ObjectWrite[] {
  return objects.filter(({ name }) => isWorkload(name)).flatMap((one) => writeOf(one, cluster));
}

function writeOf(
  { name, object, place, live, takesFields }: ObjectFound,
  cluster: string,
): readonly ObjectWrite[] {
  if (place === null) return [];
  return [{ cluster, ...place, name, object, force: takesFields, live, was: textNow(live) }];
}

function textNow(live: JsonObject | null): string | null {
  return live && JSON.stringify(canonical(live));
}

function differs({ verdict }: ObjectFound): boolean {
  return !settled.has(verdict);
}

const settled: ReadonlySet<FileVerdict> = new Set(['in-sync', 'unknown']);

/** Objects without which those of other manifests cannot be: a namespace, a class of storage. */
export function isGround({ object }: ObjectWrite): boolean {
  return applyRank(textOf(object['kind']) ?? '') === 0;
}
