import { envKeys, shownEnvKeys } from '../../kinds/file/env-keys.ts';
import { type AppliedFile, sumToCome } from '../../model/applied.ts';
import type { LoggedWrite, UnitRan } from '../../model/apply-log.ts';
import { FaultError } from '../../model/errors.ts';
import { type Fault, faultOf } from '../../model/fault.ts';
import type { InfraWrite, PlannedItem } from '../../model/infra.ts';
import type { Host } from '../../model/inventory.ts';
import type { FileSeen } from '../../transports/contract-files.ts';
import { type ApplyGround, finishing, journal, nowOf } from './apply-ground.ts';
import { keptName } from './kept-name.ts';
import { endUnit } from './unit-file.ts';

/** A file that is to be written, and what takes that back. */
export interface FileChange {
  readonly type: 'file';
  readonly planned: PlannedItem;
  readonly write: InfraWrite;
  readonly on: Host;
  readonly recordBefore: AppliedFile | null;
  /** Of a unit's file that is taken away: how that unit was before; null of all else. */
  readonly ran: UnitRan | null;
}

/** What an item would change; null for one that is only looked at. */
export function fileChangeOf(
  planned: PlannedItem,
  { act, record }: ApplyGround,
): FileChange | null {
  const { item, write } = planned;
  const on = act.open.network.inventory.hosts.find(({ name }) => name === item.host);
  return write && on
    ? { type: 'file', planned, write, on, recordBefore: record.of(item.id), ran: null }
    : null;
}

/**
 * Writes one file: what was there is kept, what is to be is told to the journal, and only then it
 * is written, looked at and recorded; a unit whose file is to go is ended before. Where it rejects,
 * the file may be the old one or the new one, never half of it.
 */
export async function writeItem(change: FileChange, ground: ApplyGround): Promise<void> {
  const { planned, write, on } = change;
  const { id } = planned.item;
  const after = planned.restores ? planned.restores.entry : entryFor(planned, write, ground);
  await journal(ground, { type: 'intent', write: await keepBoth(change, after, ground) });
  const { path, text, mode, was, owner = null } = write;
  const kept = text === null ? await endUnit(planned, ground.act) : null;
  if (kept !== null) throw new FaultError(faultOf('protocol', kept));
  await ground.act.open.transports.writeFile({ on, path, text, mode, was, owner }, finishing);
  const live = await lookAt(change, ground);
  if (!isText(live, text)) throw new FaultError(notSo(path));
  const { sha256, mode: left, owner: whose } = live;
  const stood = { mode: left, owner: whose };
  const isOurs = after?.sha256 === sumToCome && sha256 !== null;
  await ground.record.put(id, isOurs ? { ...after, sha256, stood } : after);
  await journal(ground, { type: 'done', item: id });
}

/** Puts back what was there, where what stands there is what was written; what is so already stays. */
export async function restoreItem(change: FileChange, ground: ApplyGround): Promise<void> {
  const { planned, write, on, recordBefore } = change;
  const { id } = planned.item;
  const { path, before } = write;
  const told = (type: 'restore' | 'restored') =>
    journal(ground, { type, item: id }).catch(({ message }: Error) => ground.act.warn(message));
  await told('restore');
  const live = await lookAt(change, ground);
  const isMode = before === null || live.mode === before.mode;
  if (!isText(live, before?.text ?? null) || !isMode) {
    if (!isText(live, write.text)) throw new FaultError(notSo(path));
    const { text = null, mode = write.mode, owner = null } = before ?? {};
    const put = { on, path, text, mode, owner };
    await ground.act.open.transports.writeFile({ ...put, was: live.sha256 }, finishing);
  }
  await ground.record.put(id, recordBefore);
  await told('restored');
}

async function lookAt(
  { on, write: { path } }: FileChange,
  { act }: ApplyGround,
): Promise<FileSeen> {
  const [live] = await act.open.transports.lookAtFiles(on, [path], finishing);
  if (live && !live.fault) return live;
  throw new FaultError(live?.fault ?? notSo(path));
}

function isText(live: FileSeen, text: string | null): boolean {
  return text === null ? !live.isThere : live.isThere && live.text === text;
}

function notSo(path: string): Fault {
  const hint = 'somebody else writes it: look at who does';
  return faultOf('stale', `${path} is not what was written`, { side: 'prober', hint });
}

async function keepBoth(
  { planned, write, recordBefore, ran }: FileChange,
  recordAfter: AppliedFile | null,
  { store, id }: ApplyGround,
): Promise<LoggedWrite> {
  const { id: item, kind, host, service } = planned.item;
  const name = keptName(item);
  const before = write.before && {
    name: `${name}.before`,
    mode: write.before.mode,
    owner: write.before.owner,
  };
  const after =
    write.text === null ? null : { name: `${name}.after`, mode: write.mode, owner: null };
  if (before && write.before) await store.keep(id, before.name, write.before.text);
  if (after && write.text !== null) await store.keep(id, after.name, write.text);
  return {
    ...{ item, kind, host, path: write.path, service },
    before,
    after,
    recordBefore,
    recordAfter,
    place: null,
    ...(ran === null ? {} : { ran }),
  };
}

/** The entry of a file that is taken away is none. */
function entryFor(
  { item, declaredMode, recorded }: PlannedItem,
  write: InfraWrite,
  ground: ApplyGround,
): AppliedFile | null {
  if (write.text === null) return null;
  const at = nowOf(ground);
  return {
    ...{ sha256: sumToCome, mode: declaredMode, at, apply: ground.id },
    unreadSince: item.service === null ? null : at,
    place: { kind: item.kind, host: item.host ?? '', path: write.path },
    stood: { mode: write.mode, owner: null },
    // What else stands there by then nobody has agreed to.
    kept: `${ground.id}/${keptName(item.id)}.after`,
    keys: item.kind === 'env' ? knownKeys(write.text, recorded, write.before?.text ?? '') : null,
  };
}

function knownKeys(text: string, recorded: AppliedFile | null, before: string): readonly string[] {
  const strange = envKeys(before).filter((key) => !recorded?.keys?.includes(key));
  return shownEnvKeys(text).filter((key) => !strange.includes(key));
}
