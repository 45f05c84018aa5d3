import type { ApplyLog } from '../../model/apply-log.ts';
import { UserError } from '../../model/errors.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { FileKind } from '../../model/inventory.ts';
import { objectToUndo } from './object-to-undo.ts';
import { type LeftGround, standing } from './unfinished.ts';

/** What a rollback of an apply would do; refuses where somebody has changed any of it since. */
export async function rollbackItems(
  log: ApplyLog,
  left: LeftGround,
): Promise<readonly PlannedItem[]> {
  const found = await Promise.all(
    log.writes
      // Of an apply that was killed a workload may be as it was, and its pods not.
      .filter(({ restore, place }) => restore !== 'done' || (place && log.outcome === null))
      .map((write) => itemOf(log, write, left)),
  );
  const strange = found.flatMap((one) => (typeof one === 'string' ? [one] : []));
  if (strange.length > 0) {
    throw new UserError(`changed since apply ${log.id}, or not to be read: ${strange.join(', ')}`, {
      ...{ code: 'STALE', exitCode: 6 },
      hint: 'look at it with joelclaw infra diff, and mend it by hand or in the repo',
    });
  }
  return found.toReversed().filter((one) => one !== null && typeof one !== 'string');
}

/** Null where it is as it was already; its name where somebody has made another one of it. */
async function itemOf(
  log: ApplyLog,
  write: ApplyLog['writes'][number],
  left: LeftGround,
): Promise<PlannedItem | string | null> {
  if (write.place !== null) return objectToUndo(log, { ...write, place: write.place }, left);
  const { stands, live, before } = await standing(log.id, write, left);
  if (stands === 'other') return write.item;
  // It may have been killed between the end of a unit and that of its file.
  if (stands === 'before' && !write.ran) return null;
  const { item: id, kind, host, path, service } = write;
  const action = write.before === null ? 'delete' : write.after === null ? 'create' : 'write';
  const mode = write.before?.mode ?? live?.mode ?? '0600';
  return {
    item: {
      ...{ id, kind: kind as FileKind, host, source: null, destination: path, service },
      ...{ verdict: 'pending', reloadNeeded: false, action },
      note: `as it was before ${log.id}`,
    },
    change: null,
    write: {
      ...{ path, text: before, mode, was: live?.sha256 ?? null },
      before: live?.isThere
        ? { text: live.text, mode: live.mode ?? mode, owner: live.owner }
        : null,
      owner: write.before?.owner ?? null,
    },
    recorded: write.recordAfter,
    ...{ liveSha256: live?.sha256 ?? null, livePath: path, declaredMode: null },
    restores: { entry: write.recordBefore, ...(write.ran ? { ran: write.ran } : {}) },
  };
}
