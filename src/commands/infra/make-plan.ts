import { type InfraSeen, lookAtItems, readApplied } from '../../actions/infra/look-at-items.ts';
import { planItem } from '../../actions/infra/plan-items.ts';
import { orphansOf, planOrphan } from '../../actions/infra/plan-orphans.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { Applied } from '../../model/applied.ts';
import type { Network } from '../../model/check.ts';
import { FaultError, UserError } from '../../model/errors.ts';
import { explain } from '../../model/explain.ts';
import { emptyNetworkState } from '../../model/health.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { type Cleaner, cleaner } from '../../model/plain-text.ts';
import type { Report } from '../../model/report.ts';
import { check } from '../../watch/sample.ts';
import { type OpenNetwork, recordOf } from '../open-network.ts';

/** What an apply may do beside what it does as a rule. */
export interface PlanWish {
  readonly overwriteDrift: boolean;
  readonly prune: boolean;
}

/** What an apply would do, and all that it was made of. */
export interface InfraPlan {
  readonly items: readonly PlannedItem[];
  readonly applied: Applied;
  readonly recordSha256: string | null;
  /** How the units of the files' services are. */
  readonly report: Report;
}

/** What is told of it holds no secret; what is written is as it is. */
function shownBy(clean: Cleaner, planned: PlannedItem): PlannedItem {
  const { item, change } = planned;
  const lines = change?.lines.map((line) => clean(line));
  return {
    ...planned,
    item: { ...item, note: clean(item.note) },
    change: lines ? { lines } : null,
  };
}

interface PlanGround {
  readonly open: OpenNetwork;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Looks at all that is managed and says what an apply would do. Changes nothing. */
export async function makePlan(ground: PlanGround, wish: PlanWish): Promise<InfraPlan> {
  const { open } = ground;
  const { inventory } = open.network;
  const [{ applied, sha256 }, report] = await Promise.all([record(ground), unitReport(ground)]);
  const seen = await look(ground, applied, report);
  const orphans = orphansOf(inventory, applied).map((orphan) =>
    planOrphan(orphan, { live: seen.orphans.get(orphan.id) ?? null, applied, prune: wish.prune }),
  );
  const items = [...seen.items.map((one) => planItem(one, wish)), ...orphans];
  const clean = cleaner(open.secrets);
  return { items: items.map((one) => shownBy(clean, one)), applied, recordSha256: sha256, report };
}

/** What was applied; a record that cannot be read is told, and nothing is planned over it. */
async function record({ open, timeoutMs, signal }: PlanGround) {
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
): Promise<Omit<InfraSeen, 'recordSha256'>> {
  const { network, transports, rootPath: root } = open;
  const asked = { inventory: network.inventory, root, record: recordOf(open), transports, report };
  return lookAtItems({ ...asked, options: { timeoutMs, signal } }, applied);
}

/** The units of services that have files, and nothing else of the network. */
async function unitReport({ open, signal }: PlanGround): Promise<Report> {
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
