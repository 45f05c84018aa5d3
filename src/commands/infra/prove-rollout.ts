import type { ApplyGroup } from '../../actions/infra/apply-groups.ts';
import { unitCheckOf, unitMark } from '../../actions/unit-mark.ts';
import { wellnessOf } from '../../actions/unit-wellness.ts';
import { type Look, verifyFacts } from '../../actions/verify-facts.ts';
import { wordsOf } from '../../actions/verify-restart.ts';
import { textAt } from '../../kinds/k8s/fields.ts';
import {
  holdsUp,
  isReady,
  isWorkload,
  notRolledOut,
  replacedPods,
} from '../../kinds/k8s/objects/rollout.ts';
import { FaultError } from '../../model/errors.ts';
import type { JsonObject } from '../../model/json.ts';
import type { UnitMark } from '../../model/plan.ts';
import type { ServiceReport } from '../../model/report.ts';
import { type ApplyGround, finishing } from './apply-ground.ts';
import { isBad, lookAtService } from './look-at-service.ts';
import { type ObjectChange, objectChangesOf } from './object-change.ts';
import { objectNow } from './send-object.ts';
import type { Served } from './start-anew.ts';

/** Pods are pulled, started and probed. */
const rolloutMs = 180_000;
const samples = 3;

/**
 * Waits until the workloads of what was applied have rolled out and their service is well, for three
 * looks in a row; a rollout restarts nothing by itself that its manifest does not change. A pod of a
 * StatefulSet that is to be replaced and never gets ready would hold it up for ever: it is deleted.
 */
export async function proveRollout(group: ApplyGroup, ground: ApplyGround): Promise<Served> {
  const { act } = ground;
  const workloads = group.items
    .flatMap((planned) => objectChangesOf(planned, act.open, { unproved: true }))
    .filter(({ object }) => isWorkload(object.name));
  if (workloads.length === 0 && group.service === null) return { state: 'done', words: '' };
  const stuck = new Map<string, number>();
  const look = async (): Promise<Look> => {
    const troubles = await Promise.all(workloads.map((one) => troubleOf(one, stuck, ground)));
    const seen = group.service && (await lookAtService(group.service, act));
    const isWell = seen === null || isWellNow(seen);
    const words = troubles.find((one) => one !== null) ?? (isWell ? null : wordsOf(seen));
    const mark = seen ? unitMark(seen) : unmarked(words ?? 'rolled out');
    return { mark, isSo: words === null, words: words ?? '' };
  };
  const { verified, note } = await verifyFacts(
    { before: unmarked(''), samples, withinMs: act.verifyMs ?? rolloutMs },
    {
      clock: act.open.transports.clock,
      signal: act.signal,
      look,
      onLook: ({ state, note: words }, good) => act.onLook({ state, note: words }, good),
    },
  );
  return { state: verified ? 'done' : 'failed', words: note };
}

/**
 * What its manager does not tell of, and what is to have no pod, is well while nothing that it is seen by
 * is down.
 */
function isWellNow(seen: ServiceReport): boolean {
  const hasPods = seen.manager === 'k8s' && unitCheckOf(seen)?.state !== 'idle';
  return hasPods ? wellnessOf(seen) === 'good' : !isBad(seen);
}

function unmarked(note: string): UnitMark {
  return { state: '', note, pid: null, starts: null, revision: null };
}

/** Why one has not rolled out yet; what cannot be asked has not. */
async function troubleOf(
  change: ObjectChange,
  stuck: Map<string, number>,
  ground: ApplyGround,
): Promise<string | null> {
  const { name } = change.object;
  try {
    const live = await objectNow(change, ground);
    if (live === null) return `${name} is gone`;
    const trouble = notRolledOut(live, name);
    if (trouble === null) return null;
    await free(change, live, { stuck, ground });
    return `${name}: ${trouble}`;
  } catch (error) {
    if (error instanceof FaultError) return `${name}: ${error.fault.message}`;
    throw error;
  }
}

/**
 * Deletes the pod that its controller waits for in vain: of the pods that it replaces, from the last one
 * on, the first that is not ready, where that is an old one which nobody ends yet, in two looks in a row.
 */
async function free(
  { cluster, object: { namespace } }: ObjectChange,
  live: JsonObject,
  { stuck, ground }: { readonly stuck: Map<string, number>; readonly ground: ApplyGround },
): Promise<void> {
  if (namespace === null) return;
  const { act } = ground;
  for (const pod of replacedPods(live).toReversed()) {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${pod}`;
    const asked = { cluster, path, resource: 'pods', namespace, wouldBe: null };
    const seen = await act.open.transports.kubeObject(asked, finishing);
    const uid = textAt(seen, 'metadata', 'uid');
    // It is being made.
    if (uid === null) return;
    if (isReady(seen)) continue;
    if (!holdsUp(seen, live)) return;
    const looks = (stuck.get(uid) ?? 0) + 1;
    stuck.set(uid, looks);
    if (looks !== 2) return;
    await act.open.transports.deletePod({ cluster, namespace, pod, uid }, finishing);
    ground.tell(`✓ deleted ${pod}, which held up the rollout`);
    return;
  }
}
