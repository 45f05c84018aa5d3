import { isAsApplied } from '../../kinds/k8s/objects/as-applied.ts';
import { assertMayWrite } from '../../kinds/k8s/objects/assert-cluster.ts';
import {
  canonical,
  differingFields,
  sameObject,
  withoutHeld,
} from '../../kinds/k8s/objects/canonical.ts';
import { undoOf } from '../../kinds/k8s/objects/undo.ts';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ObjectWrite } from '../../model/object-write.ts';
import { type ApplyGround, journal } from './apply-ground.ts';
import { keep, keepAll } from './keep-object.ts';
import { type ObjectChange, objectId } from './object-change.ts';
import {
  changedMeanwhile,
  clusterOf,
  objectNow,
  send,
  sendOver,
  wouldBecome,
} from './send-object.ts';

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
  const now = await sendOver(change, live, ground);
  // A dry run guesses what the server gives it: an address, a port of the node.
  await keep(log.place?.became ?? '', now, ground);
  onBegin({ ...change, became: now });
  if (write.goesBack) await asBefore(change, write.goesBack, ground);
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
  const { name, live: before, object } = write;
  const item = objectId(change);
  await assertMayWrite(clusterOf(change, ground));
  const live = await objectNow(change, ground);
  if (sameObject(live, before)) return null;
  if (before === null) return `${name} was made and stays: nothing of a cluster is deleted`;
  if (live === null || became === undefined) return `${name} is gone`;
  if (!(await isAsApplied(write, { live, before, object, became }, clusterOf(change, ground)))) {
    return `${name} has become another one since`;
  }
  await journal(ground, { type: 'restore', item });
  const undo = undoOf(before, became);
  const back = { ...change, object: { ...write, object: undo.all, force: true, live } };
  await sendOver(back, live, ground);
  await asBefore(change, { before, undo }, ground);
  await journal(ground, { type: 'restored', item });
  return null;
}

/** Whose fields are whose is as it was, too; a FaultError where the object is not. */
async function asBefore(
  change: ObjectChange,
  { before, undo }: NonNullable<ObjectWrite['goesBack']>,
  ground: ApplyGround,
): Promise<void> {
  if (undo.handOver) {
    const { theirs, ours } = undo.handOver;
    await send(change, { object: theirs, force: false, manager: 'joelclaw-undo' }, ground);
    await send(change, { object: ours, force: true }, ground);
  }
  const now = await objectNow(change, ground);
  const fields =
    now && differingFields(canonical(withoutHeld(before)), canonical(withoutHeld(now)));
  if (fields?.length === 0) return;
  const words = fields?.slice(0, 3).join(', ') ?? 'it is gone';
  throw new FaultError(faultOf('protocol', `${change.object.name} is not as it was: ${words}`));
}
