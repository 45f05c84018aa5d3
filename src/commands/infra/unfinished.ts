import { type Settled, settle } from '../../actions/infra/settle.ts';
import type { Applied } from '../../model/applied.ts';
import type { ApplyLog, LoggedWrite } from '../../model/apply-log.ts';
import { FaultError } from '../../model/errors.ts';
import type { CallOptions } from '../../transports/contract.ts';
import type { FileSeen } from '../../transports/contract-files.ts';
import type { OpenNetwork } from '../open-network.ts';
import type { ApplyStore } from './apply-store.ts';

/** What is needed to look at what an apply has left. */
export interface LeftGround {
  readonly open: OpenNetwork;
  readonly store: ApplyStore;
  readonly options: CallOptions;
}

/** Applies whose process did not live to their end, the oldest first. */
export async function unfinishedOf(store: ApplyStore): Promise<readonly ApplyLog[]> {
  return (await store.list()).filter(({ outcome }) => outcome === null);
}

/** The record as they would have kept it. */
export async function settled(
  applied: Applied,
  logs: readonly ApplyLog[],
  ground: LeftGround,
): Promise<Applied> {
  let record = applied;
  for (const log of logs) {
    // Of an object its cluster keeps the record.
    const files = log.writes.filter(({ place }) => place === null);
    const found = await Promise.all(files.map((write) => standing(log.id, write, ground)));
    record = settle(record, log, found);
  }
  return record;
}

/** How a file stands that an apply was about to change: as before, as it was to be, or otherwise. */
export async function standing(
  apply: string,
  write: LoggedWrite,
  ground: LeftGround,
): Promise<Settled & { readonly live: FileSeen | null; readonly before: string | null }> {
  const live = await liveOf(write, ground);
  const before = write.before && (await ground.store.kept(apply, write.before.name));
  const after = write.after && (await ground.store.kept(apply, write.after.name));
  const { item } = write;
  const text = live?.isThere ? live.text : null;
  // What was kept and is gone says nothing of what stands there.
  const isBefore = live !== null && (write.before === null || before !== null) && text === before;
  const isAfter = live !== null && (write.after === null || after !== null) && text === after;
  // Of a file of which only the mode was to change, both are so: the mode says which.
  const byMode = isBefore && isAfter && live?.mode === write.after?.mode;
  const stands = isAfter && (!isBefore || byMode) ? 'after' : isBefore ? 'before' : 'other';
  return { item, stands, sha256: live?.sha256 ?? null, live, before };
}

async function liveOf(
  { host: name, path }: LoggedWrite,
  { open: { network, transports }, options }: LeftGround,
): Promise<FileSeen | null> {
  const host = network.inventory.hosts.find((one) => one.name === name);
  if (!host && name !== null) return null;
  const looked = await transports.lookAtFiles(host ?? null, [path], options).catch(orNothing);
  const [live] = looked;
  return live && !live.fault ? live : null;
}

function orNothing(error: unknown): readonly FileSeen[] {
  if (error instanceof FaultError) return [];
  throw error;
}
