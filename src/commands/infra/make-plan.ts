import { type InfraSeen, lookAtItems, readApplied } from '../../actions/infra/look-at-items.ts';
import { planItem } from '../../actions/infra/plan-items.ts';
import { orphansOf, planOrphan } from '../../actions/infra/plan-orphans.ts';
import { provedAgain } from '../../actions/infra/unproved.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { Applied } from '../../model/applied.ts';
import type { ApplyLog } from '../../model/apply-log.ts';
import type { Network } from '../../model/check.ts';
import { FaultError, UserError } from '../../model/errors.ts';
import { explain } from '../../model/explain.ts';
import { emptyNetworkState } from '../../model/health.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { type Cleaner, cleaner } from '../../model/plain-text.ts';
import type { Report } from '../../model/report.ts';
import { check } from '../../watch/sample.ts';
import { type OpenNetwork, recordOf } from '../open-network.ts';
import type { ApplyStore } from './apply-store.ts';
import { withAdoptions } from './note-adoptions.ts';
import { settled } from './unfinished.ts';

/** What an apply may do beside what it does as a rule. */
export interface PlanWish {
  readonly overwriteDrift: boolean;
  readonly prune: boolean;
}

/** What an apply would do, and all that it was made of. */
export interface InfraPlan {
  readonly items: readonly PlannedItem[];
  /** As it is kept, by its sum, and as it is with what unfinished applies have done. */
  readonly kept: { readonly applied: Applied; readonly sha256: string | null };
  readonly applied: Applied;
  readonly unfinished: readonly ApplyLog[];
  /** How the units of the files' services are. */
  readonly report: Report;
}

/** What is told of it holds no secret; what is written is as it is. */
function shownBy(clean: Cleaner, planned: PlannedItem): PlannedItem {
  const { item, change } = planned;
  return {
    ...planned,
    item: { ...item, note: clean(item.note) },
    change: change && { ...change, lines: change.lines.map((line) => clean(line)) },
  };
}

/** What is looked at, and for how long at most. */
export interface PlanGround {
  readonly open: OpenNetwork;
  readonly store: ApplyStore;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Looks at all that is managed and says what an apply would do. Changes nothing. */
export async function makePlan(ground: PlanGround, wish: PlanWish): Promise<InfraPlan> {
  const { open } = ground;
  const { inventory } = open.network;
  const [kept, report, logs] = await Promise.all([
    readRecord(ground),
    unitReport(ground),
    ground.store.list(),
  ]);
  const unfinished = logs.filter(({ outcome }) => outcome === null);
  const { timeoutMs, signal } = ground;
  const left = { ...ground, options: { timeoutMs, signal } };
  const applied = await settled(kept.applied, unfinished, left);
  const seen = await look(ground, applied, report);
  const orphans = orphansOf(inventory, applied).map((orphan) =>
    planOrphan(orphan, { live: seen.orphans.get(orphan.id) ?? null, applied, prune: wish.prune }),
  );
  const planned = seen.items.map((one) => provedAgain(planItem(one, wish), one.manifest, logs));
  const items = [...planned, ...orphans];
  const clean = cleaner(open.secrets);
  const told = await withAdoptions(items, open);
  return { items: told.map((one) => shownBy(clean, one)), kept, applied, unfinished, report };
}

/** What was applied; a record that cannot be read is told, and nothing is planned over it. */
export async function readRecord({ open, timeoutMs, signal }: PlanGround) {
  const { transports } = open;
  const asked = { transports, record: recordOf(open), options: { timeoutMs, signal } };
  return readApplied(asked).catch((error: unknown) => {
    if (!(error instanceof FaultError)) throw error;
    const { message, hint = 'look at its folder' } = error.fault;
    throw new UserError(message, { code: 'NO_RECORD', hint, exitCode: 1 });
  });
}

function look(
  { open, timeoutMs, signal }: PlanGround,
  applied: Applied,
  report: Report,
): Promise<InfraSeen> {
  const { network, transports, rootPath: root } = open;
  const asked = { inventory: network.inventory, root, record: recordOf(open), transports, report };
  return lookAtItems({ ...asked, options: { timeoutMs, signal } }, applied);
}

/** The units of services that have files, and nothing else of the network. */
export async function unitReport({
  open,
  signal,
}: Pick<PlanGround, 'open' | 'signal'>): Promise<Report> {
  const { network, transports } = open;
  const wanted = unitChecks(network);
  const state = await check(wanted, transports, { previous: emptyNetworkState, signal });
  return explain(wanted, state, transports.clock.now());
}

function unitChecks(network: Network<BoundCheck>): Network<BoundCheck> {
  const { files, services } = network.inventory;
  const wanted = new Set(files.flatMap(({ kind, service }) => (kind === 'k8s' ? [] : [service])));
  const units = new Set(
    services.flatMap(({ id, manager }) => (wanted.has(id) ? [`${id}/${manager.kind}`] : [])),
  );
  return { ...network, checks: network.checks.filter(({ id }) => units.has(id)) };
}
