import { shownEnvKeys } from '../../kinds/file/env-keys.ts';
import type { AppliedFile } from '../../model/applied.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { adoptObjects } from './adopt-objects.ts';
import { finishing } from './apply-ground.ts';
import { keepFound } from './keep-found.ts';
import type { RecordKeeper } from './keep-record.ts';
import type { InfraPlan } from './make-plan.ts';
import type { OpenInfra } from './open-infra.ts';

interface Keeping {
  readonly infra: OpenInfra;
  readonly plan: InfraPlan;
  readonly record: RecordKeeper;
}

/**
 * Records what stands as it is to already, and what applies that did not end have left: no file is
 * changed by it, and nobody is asked.
 */
export async function keepSilently(
  items: readonly PlannedItem[],
  { infra, plan, record }: Keeping,
): Promise<void> {
  const { open, store } = infra;
  const at = new Date(open.transports.clock.now()).toISOString();
  const next = new Map(plan.applied);
  for (const planned of items) {
    const { item } = planned;
    if (item.action !== 'record') continue;
    if (item.kind === 'k8s') {
      await adoptObjects(planned, infra.act);
      continue;
    }
    if (item.verdict === 'orphan') next.delete(item.id);
    else {
      const kept = await keepFound(planned, store);
      next.set(item.id, { ...entryOf(planned, at, await keysOf(planned, infra)), kept });
    }
  }
  await record.replace(next);
  for (const { id } of plan.unfinished) {
    await store.append(id, { type: 'end', at, outcome: 'resumed' });
  }
}

/** Of what stands there, as nobody has written it; where it is kept is for who keeps it to say. */
export function entryOf(
  { item, livePath, liveSha256, declaredMode, recorded, live }: PlannedItem,
  at: string,
  keys: readonly string[] | null,
): AppliedFile {
  return {
    ...{ sha256: liveSha256 ?? '', mode: declaredMode, at, apply: 'found' },
    unreadSince: recorded?.unreadSince ?? null,
    place: { kind: item.kind, host: item.host ?? '', path: livePath },
    keys,
    ...(live ? { stood: { mode: live.mode, owner: live.owner } } : {}),
    kept: null,
  };
}

/** The names that stand in an environment; null of all else. */
export async function keysOf(
  { item, livePath }: PlannedItem,
  { open }: Pick<OpenInfra, 'open'>,
): Promise<readonly string[] | null> {
  const host = open.network.inventory.hosts.find(({ name }) => name === item.host);
  if (item.kind !== 'env' || !host) return null;
  const [live] = await open.transports.lookAtFiles(host, [livePath], finishing);
  return live?.isThere ? shownEnvKeys(live.text) : null;
}
