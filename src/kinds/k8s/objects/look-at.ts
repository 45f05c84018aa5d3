import type { FileVerdict } from '../../../model/file-verdict.ts';
import { worstVerdict } from '../../../model/file-verdict.ts';
import type { Cluster } from '../../../model/inventory.ts';
import type { CallOptions, Transports } from '../../../transports/contract.ts';
import type { FileSeen } from '../../../transports/contract-files.ts';
import { sourceTrouble } from '../../file/source-trouble.ts';
import { textAt } from '../fields.ts';
import { type ManifestObject, readManifest } from '../lint/manifest.ts';
import { assertPinned } from '../pinned-uid.ts';
import { compareObject, isConflict, type ObjectStanding } from './compare-object.ts';
import { placeOf } from './place.ts';

interface ObjectsGround {
  readonly cluster: Cluster;
  readonly transports: Transports;
  readonly options: CallOptions;
}

/** A file of manifests, by the id and the source that the inventory gives it. */
export interface ManifestFile {
  readonly id: string;
  readonly source: string;
  readonly seen: FileSeen | undefined;
}

/** How the objects of one file stand, all of them as one item. */
export interface ManifestStanding extends ObjectStanding {
  readonly id: string;
}

/**
 * How manifests stand in their cluster. Changes nothing. Rejects with a FaultError where the cluster
 * cannot be asked, or is another one than the pinned.
 */
export async function lookAtManifests(
  files: readonly ManifestFile[],
  ground: ObjectsGround,
): Promise<readonly ManifestStanding[]> {
  await assertCluster(ground);
  return Promise.all(
    files.map(async ({ id, source, seen }) => {
      const trouble = sourceTrouble(source, seen);
      const found =
        trouble === null ? await lookAtText(seen?.text ?? '', ground) : unknown(trouble);
      return { id, ...found };
    }),
  );
}

async function lookAtText(text: string, ground: ObjectsGround): Promise<ObjectStanding> {
  const { objects, faults } = readManifest(text);
  const [fault] = faults;
  if (fault) return unknown(`line ${fault.line}: ${fault.message}`);
  const found = objects.map(async (object) => ({
    name: `${object.kind.toLowerCase()}/${object.name}`,
    ...(await lookAt(object, ground)),
  }));
  return together(await Promise.all(found));
}

function unknown(note: string): ObjectStanding {
  return { verdict: 'unknown', note, change: null, isRefused: false };
}

/** What another cluster than the pinned one would make of it says nothing. */
async function assertCluster({ cluster, transports, options }: ObjectsGround): Promise<void> {
  if (cluster.uid === null) return;
  const asked = { cluster, path: '/api/v1/namespaces/kube-system', wouldBe: null } as const;
  const system = await transports.kubeObject(
    { ...asked, resource: 'namespaces', namespace: null },
    options,
  );
  assertPinned(cluster, textAt(system, 'metadata', 'uid'));
}

async function lookAt(
  object: ManifestObject,
  { cluster, transports, options }: ObjectsGround,
): Promise<ObjectStanding> {
  const place = placeOf(object);
  if ('why' in place) return unknown(place.why);
  const ask = (force: boolean | null) => {
    const wouldBe = force === null ? null : { object: object.value, force };
    return transports.kubeObject({ cluster, ...place, wouldBe }, options);
  };
  const [live, wouldBe] = await Promise.all([ask(null), ask(false)]);
  // Nobody has fields of what is not there; who has them of what is says nothing yet of what differs.
  const forced = isConflict(wouldBe) ? await ask(true) : null;
  return compareObject({ live, wouldBe, forced });
}

interface Named extends ObjectStanding {
  readonly name: string;
}

function together(found: readonly Named[]): ObjectStanding {
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
  };
}

/** What could not be looked at in one of them hides behind none of the others. */
function gravest(verdicts: readonly FileVerdict[]): FileVerdict {
  const worst = worstVerdict(verdicts);
  if (verdicts.includes('unknown')) return 'unknown';
  return worst === 'n/a' ? 'in-sync' : worst;
}
