import type { BoundCheck } from '../kinds/contract.ts';
import type { Deed } from '../kinds/deed.ts';
import type { Network } from '../model/check.ts';
import type { Host, Service } from '../model/inventory.ts';
import type { Plan, Refusal } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { blastRadius } from './blast-radius.ts';
import { commandText } from './command-text.ts';
import { deedAs, type Rights } from './needs-root.ts';
import { refusalsOf, type Wish } from './plan-refusals.ts';
import { isSeen, unitCheckOf } from './unit-mark.ts';

/** What a plan is made of, besides the network. */
export interface PlanGround {
  readonly report: Report;
  readonly nowMs: number;
  /** When this unit was last restarted or started, milliseconds since 1970; null when nobody has. */
  readonly lastAttemptMs: number | null;
  /** The machine that acts. */
  readonly hostname: string;
  /** As whom its host is acted on; null where that is not known. */
  readonly rights: Rights | null;
}

export interface PlannedDeed {
  readonly plan: Plan;
  readonly minimumMs: Deed['minimumMs'];
  readonly isDone: Deed['isDone'];
}

/** As it was last seen; none where nobody could look at it. */
function deedsOf(
  { checks, inventory }: Network<BoundCheck>,
  { id, host: hostName }: Service,
  { report, rights, wish }: Pick<PlanGround, 'report' | 'rights'> & { readonly wish: Wish },
): readonly Deed[] {
  const host = inventory.hosts.find(({ name }) => name === hostName) as Host;
  const seen = report.services.find((one) => one.id === id);
  const unitCheck = seen ? unitCheckOf(seen) : null;
  if (!unitCheck || !isSeen(unitCheck)) return [];
  const bound = checks.find((one) => one.id === unitCheck.id);
  const isWritten = wish.isWritten ? { isWritten: true } : {};
  const deeds = bound?.deeds({ ...unitCheck.facts, ...isWritten }) ?? [];
  return deeds.map((deed) => deedAs(rights, deed, host));
}

/** What can be done to a service's unit, or why nothing can. */
export interface Offers {
  readonly deeds: readonly Deed[];
  readonly why: Refusal | null;
}

/** What is in the way of whatever one would do. */
const barring: ReadonlySet<Refusal['code']> = new Set(['NO_MANAGER', 'ELSEWHERE', 'NOT_SEEN']);

export function offersOf(
  network: Network<BoundCheck>,
  service: Service,
  ground: Omit<PlanGround, 'lastAttemptMs'>,
): Offers {
  const wish = { verb: 'restart', object: null } as const;
  const { plan } = planDeed(network, service, { ...ground, wish, lastAttemptMs: null });
  const why = plan.refusals.find(({ code }) => barring.has(code)) ?? null;
  return { deeds: why ? [] : deedsOf(network, service, { ...ground, wish }), why };
}

/** What a verb would do to a service, and what speaks against it. Touches nothing. */
export function planDeed(
  network: Network<BoundCheck>,
  service: Service,
  { wish, ...ground }: PlanGround & { readonly wish: Wish },
): PlannedDeed {
  const { inventory } = network;
  const host = inventory.hosts.find(({ name }) => name === service.host) as Host;
  const deeds = deedsOf(network, service, { ...ground, wish });
  const { verb, object } = wish;
  const meant = deeds.filter(
    (one) => one.verb === verb && (object === null || one.object === object),
  );
  const [deed] = meant.length === 1 ? meant : [];
  const seen = ground.report.services.find(({ id }) => id === service.id);
  const unitCheck = seen ? unitCheckOf(seen) : null;
  const radius = blastRadius(inventory, service, ground.report);
  const checks = seen?.checks ?? [];
  const refusals = refusalsOf({
    service,
    host,
    unitCheck,
    checks,
    wish,
    deeds,
    meant,
    radius,
    ...ground,
  });
  const steps = deed?.steps ?? [];
  return {
    minimumMs: deed?.minimumMs ?? 0,
    isDone: deed?.isDone ?? null,
    plan: {
      ...{ action: verb, service: service.id, object: deed?.object ?? object, host: service.host },
      manager: service.manager.kind,
      unit: deed?.unit ?? unitOf(service),
      risk: deed?.risk ?? 'safe',
      wantsName: deed && isGrave(deed) ? (deed.object ?? service.id) : null,
      needless: deed?.needless ?? null,
      steps,
      commands: steps.map((step) => commandText(step, { host, clusters: inventory.clusters })),
      blastRadius: radius,
      warnings: deed?.warnings ?? [],
      refusals,
    },
  };
}

/** What a slip of the finger must not do. */
function isGrave({ verb, risk }: Deed): boolean {
  return verb === 'stop' || risk === 'destructive';
}

function unitOf({ manager }: Service): string {
  if (manager.kind === 'launchd') return manager.label;
  if (manager.kind === 'systemd') return manager.unit;
  return manager.kind === 'k8s' ? manager.workload : '';
}
