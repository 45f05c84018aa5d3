import { worstVerdict } from '../../../model/file-verdict.ts';
import type { Cluster } from '../../../model/inventory.ts';
import type { CallOptions, Transports } from '../../../transports/contract.ts';
import { textAt } from '../fields.ts';
import { type ManifestObject, readManifest } from '../lint/manifest.ts';
import { assertPinned } from '../pinned-uid.ts';
import { compareObject, isConflict, type ObjectStanding } from './compare-object.ts';
import { placeOf } from './place.ts';

interface ObjectsGround {
  readonly transports: Transports;
  readonly options: CallOptions;
}

/**
 * How the objects of a manifest stand in their cluster, all of them as one item. Changes nothing.
 * Rejects with a FaultError where the cluster cannot be asked.
 */
export async function lookAtObjects(
  text: string,
  cluster: Cluster,
  ground: ObjectsGround,
): Promise<ObjectStanding> {
  const { objects, faults } = readManifest(text);
  const [fault] = faults;
  if (fault) return unknown(`line ${fault.line}: ${fault.message}`);
  await assertCluster(cluster, ground);
  const found = await Promise.all(
    objects.map(async (object) => ({
      name: `${object.kind.toLowerCase()}/${object.name}`,
      ...(await lookAt(object, cluster, ground)),
    })),
  );
  return together(found);
}

function unknown(note: string): ObjectStanding {
  return { verdict: 'unknown', note, change: null };
}

/** What another cluster than the pinned one would make of it says nothing. */
async function assertCluster(cluster: Cluster, { transports, options }: ObjectsGround) {
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
  cluster: Cluster,
  { transports, options }: ObjectsGround,
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
  const worst = worstVerdict(found.map(({ verdict }) => verdict));
  const off = found.filter(({ verdict }) => verdict !== 'in-sync');
  const changes = found.flatMap(({ name, change }) => (change ? [{ name, change }] : []));
  const sum = (of: 'added' | 'removed'): number =>
    changes.reduce((all, { change }) => all + change[of], 0);
  return {
    verdict: worst === 'n/a' ? 'in-sync' : worst,
    note: off.map(({ name, verdict, note }) => `${name} is ${verdict}: ${note}`).join('; '),
    change:
      changes.length === 0
        ? null
        : {
            added: sum('added'),
            removed: sum('removed'),
            lines: changes.flatMap(({ name, change }) => [`@@ ${name} @@`, ...change.lines]),
          },
  };
}
