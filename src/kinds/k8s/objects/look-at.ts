import { type FileVerdict, worstVerdict } from '../../../model/file-verdict.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { FileSeen } from '../../../transports/contract-files.ts';
import { sourceTrouble } from '../../file/source-trouble.ts';
import { type ManifestObject, readManifest } from '../lint/manifest.ts';
import { applyRank } from './apply-order.ts';
import { assertCluster, type ClusterGround } from './assert-cluster.ts';
import {
  allNew,
  compareObject,
  isAbsent,
  isConflict,
  isFailure,
  type ObjectStanding,
} from './compare-object.ts';
import { type ObjectPlace, placeOf } from './place.ts';

/** A file of manifests, by the id and the source that the inventory gives it. */
export interface ManifestFile {
  readonly id: string;
  readonly source: string;
  readonly seen: FileSeen | undefined;
}

/** One object of a manifest, as it is to be and as its cluster has it. */
export interface ObjectFound extends ObjectStanding {
  /** `statefulset/redis` */
  readonly name: string;
  readonly object: JsonObject;
  /** Null where its kind, its name or its namespace is not known. */
  readonly place: ObjectPlace | null;
  /** Whole, with what only the server writes; null where it is not there. */
  readonly live: JsonObject | null;
  /** Others have fields that our apply would set. */
  readonly takesFields: boolean;
}

/** How the objects of one file stand, all of them as one item. */
export interface ManifestStanding extends ObjectStanding {
  readonly id: string;
  /** What others stand on first. */
  readonly objects: readonly ObjectFound[];
}

/**
 * How manifests stand in their cluster. Changes nothing. Rejects with a FaultError where the cluster
 * cannot be asked, or is another one than the pinned.
 */
export async function lookAtManifests(
  files: readonly ManifestFile[],
  ground: ClusterGround,
): Promise<readonly ManifestStanding[]> {
  await assertCluster(ground);
  const read = files.map(({ id, source, seen }) => {
    const trouble = sourceTrouble(source, seen);
    return { id, trouble, manifest: readManifest(trouble === null ? (seen?.text ?? '') : '') };
  });
  const namespaces = read.flatMap(({ manifest }) =>
    manifest.objects.flatMap(({ kind, name }) => (kind === 'Namespace' ? [name] : [])),
  );
  const among = { ...ground, namespaces };
  return Promise.all(
    read.map(async ({ id, trouble, manifest }) => {
      const found = trouble === null ? await lookAtAll(manifest, among) : unknown(trouble);
      return { id, ...found };
    }),
  );
}

/** A cluster, and the namespaces that manifests make in it. */
interface Among extends ClusterGround {
  readonly namespaces: readonly string[];
}

type TextStanding = Omit<ManifestStanding, 'id'>;

async function lookAtAll(
  { objects, faults }: ReturnType<typeof readManifest>,
  ground: Among,
): Promise<TextStanding> {
  const [fault] = faults;
  if (fault) return unknown(`line ${fault.line}: ${fault.message}`);
  const ordered = objects.toSorted((a, b) => applyRank(a.kind) - applyRank(b.kind));
  return together(await Promise.all(ordered.map((object) => lookAt(object, ground))));
}

function unknown(note: string): TextStanding {
  return { verdict: 'unknown', note, change: null, isRefused: false, objects: [] };
}

async function lookAt(object: ManifestObject, ground: Among): Promise<ObjectFound> {
  const { kind, name, value } = object;
  const known = { name: `${kind.toLowerCase()}/${name}`, object: value };
  const place = placeOf(object);
  if ('why' in place) {
    const { objects: _, ...standing } = unknown(place.why);
    return { ...known, ...standing, place: null, live: null, takesFields: false };
  }
  const { cluster, transports, options, namespaces } = ground;
  const ask = (force: boolean | null) => {
    const wouldBe = force === null ? null : { object: value, force };
    return transports.kubeObject({ cluster, ...place, wouldBe }, options);
  };
  const [live, wouldBe] = await Promise.all([ask(null), ask(false)]);
  // Nobody has fields of what is not there; who has them of what is says nothing yet of what differs.
  const forced = isConflict(wouldBe) ? await ask(true) : null;
  const standing = compareObject({ live, wouldBe, forced });
  const { namespace } = place;
  const isHomeless = isAbsent(wouldBe) && namespace !== null && !namespaces.includes(namespace);
  const note = `there is no namespace ${namespace}, and no manifest makes it`;
  const change = standing.change ?? (standing.verdict === 'missing' ? allNew(value) : null);
  return {
    ...known,
    ...(isHomeless ? { ...standing, note, isRefused: true } : { ...standing, change }),
    ...{ place, live: isFailure(live) ? null : live, takesFields: forced !== null },
  };
}

function together(found: readonly ObjectFound[]): TextStanding {
  const off = found.filter(({ verdict }) => verdict !== 'in-sync');
  const changes = found.flatMap(({ name, change }) => (change ? [{ name, change }] : []));
  const sum = (of: 'added' | 'removed'): number =>
    changes.reduce((all, { change }) => all + change[of], 0);
  return {
    verdict: gravest(found.map(({ verdict }) => verdict)),
    note: off.map(({ name, verdict, note }) => `${name} is ${verdict}: ${note}`).join('; '),
    change:
      changes.length === 0
        ? null
        : {
            added: sum('added'),
            removed: sum('removed'),
            lines: changes.flatMap(({ name, change }) => [`@@ ${name} @@`, ...change.lines]),
          },
    isRefused: found.some(({ isRefused }) => isRefused),
    objects: found,
  };
}

/** What could not be looked at in one of them hides behind none of the others. */
function gravest(verdicts: readonly FileVerdict[]): FileVerdict {
  const worst = worstVerdict(verdicts);
  if (verdicts.includes('unknown')) return 'unknown';
  return worst === 'n/a' ? 'in-sync' : worst;
}
