import { assertMayWrite } from '../../kinds/k8s/objects/assert-cluster.ts';
import { sameObject } from '../../kinds/k8s/objects/canonical.ts';
import { differences, foreseeUndo } from '../../kinds/k8s/objects/foresee-undo.ts';
import { undoOf } from '../../kinds/k8s/objects/undo.ts';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ObjectUndo } from '../../model/object-write.ts';
import { type ApplyGround, journal } from './apply-ground.ts';
import { keep, keepAll } from './keep-object.ts';
import { type ObjectChange, objectId } from './object-change.ts';
import { changedMeanwhile, clusterOf, objectNow, sendOver, wouldBecome } from './send-object.ts';

/**
 * Applies one object: to the cluster that is meant, where it stands as it was planned; what was there is
 * kept and the journal told before, and `onBegin` with it. Where it rejects after that, the object may be
 * the old one or the new one.
 */
export async function applyObject(
  change: ObjectChange,
  ground: ApplyGround,
  onBegin: (begun: ObjectChange) => void,
): Promise<void> {
  const { object: write } = change;
  await assertMayWrite(clusterOf(change, ground));
  const live = await objectNow(change, ground);
  if (!sameObject(live, write.live)) throw new FaultError(changedMeanwhile(write));
  const became = await wouldBecome(change, ground);
  const log = await keepAll(change, { live, became }, ground);
  await journal(ground, { type: 'intent', write: log });
  onBegin({ ...change, became });
  const now =
    write.undo && live
      ? await goBack(change, { live, undo: write.undo, wouldBe: became }, ground)
      : await sendOver(change, { ...write, live }, ground);
  // A dry run guesses what the server gives it: an address, a port of the node.
  await keep(log.place?.became ?? '', now, ground);
  onBegin({ ...change, became: now });
  await journal(ground, { type: 'done', item: objectId(change) });
}

/**
 * Puts an object back as it was; why that could not be done, or null. What was made stays: nothing of a
 * cluster is ever deleted. What somebody else has made of it since is theirs.
 */
export async function restoreObject(
  change: ObjectChange,
  ground: ApplyGround,
): Promise<string | null> {
  const { object: write, became } = change;
  const { name, live: before } = write;
  const item = objectId(change);
  await assertMayWrite(clusterOf(change, ground));
  const live = await objectNow(change, ground);
  if (sameObject(live, before)) return null;
  if (before === null) return `${name} was made and stays: nothing of a cluster is deleted`;
  if (live === null || became === undefined) return `${name} is gone`;
  const undo = undoOf(before, became);
  const seen = { before, became, live, undo };
  const foreseen = await foreseeUndo(write, seen, clusterOf(change, ground));
  if ('why' in foreseen) return `${name} ${foreseen.why}`;
  await journal(ground, { type: 'restore', item });
  await goBack(change, { live, undo, ...foreseen }, ground);
  await journal(ground, { type: 'restored', item });
  return null;
}

interface Back {
  readonly live: JsonObject;
  readonly undo: ObjectUndo;
  /** What is to come of it. */
  readonly wouldBe: JsonObject;
}

/** First what others had is theirs again: where it ends there, nothing of theirs is ours. */
async function goBack(
  change: ObjectChange,
  { live, undo, wouldBe }: Back,
  ground: ApplyGround,
): Promise<JsonObject> {
  const { handOver } = undo;
  let seen = live;
  if (handOver) {
    const theirs = { object: handOver.theirs, manager: 'joelclaw-undo' } as const;
    seen = await sendOver(change, { ...theirs, force: true, live }, ground);
  }
  const object = handOver?.ours ?? undo.all;
  const now = await sendOver(change, { object, force: true, live: seen }, ground);
  const fields = differences(wouldBe, now);
  if (fields.length === 0) return now;
  const words = `${change.object.name} is not as it was: ${fields.slice(0, 3).join(', ')}`;
  throw new FaultError(faultOf('protocol', words));
}
