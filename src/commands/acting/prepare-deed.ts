import { serversOf } from '../../actions/blast-radius.ts';
import { type PlannedDeed, planDeed } from '../../actions/plan-deed.ts';
import type { Wish } from '../../actions/plan-refusals.ts';
import { unitCheckOf } from '../../actions/unit-mark.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { Network } from '../../model/check.ts';
import { explain } from '../../model/explain.ts';
import { functionsKind } from '../../model/explain-functions.ts';
import type { NetworkState } from '../../model/health.ts';
import type { Host, Service } from '../../model/inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Plan, StepResult } from '../../model/plan.ts';
import { textOf } from '../../model/read-facts.ts';
import type { Report, ServiceReport } from '../../model/report.ts';
import { check } from '../../watch/sample.ts';
import type { OpenNetwork } from '../open-network.ts';
import { narrowed, pick } from '../pick.ts';
import { heldNow, lastTouched, type Touched, type Unit } from './unit-state.ts';

/** What one action needs besides the network. */
export interface ActGround {
  readonly open: OpenNetwork;
  readonly actor: string;
  /** Overrides cool-down and running work. */
  readonly force: boolean;
  /** How long it may take to be verified; null is what its manager needs as a rule. */
  readonly verifyMs: number | null;
  readonly signal: AbortSignal;
  warn(line: string): void;
  onStep(result: StepResult): void;
  onLook(seen: ServiceReport, good: number): void;
}

/** A plan, the state that it was made of, and what it takes to be carried out. */
export interface Prepared {
  readonly service: Service;
  readonly wish: Wish;
  readonly planned: PlannedDeed;
  readonly report: Report;
  readonly state: NetworkState;
  /** When its unit was acted on last, as the plan has it. */
  readonly touched: Touched;
}

/** Looks at a service and at what a deed would reach, and plans it. Only reads. */
export async function prepareDeed(
  { service, wish }: { readonly service: Service; readonly wish: Wish },
  previous: NetworkState,
  ground: ActGround,
): Promise<Prepared> {
  const { open, signal } = ground;
  const { network, transports, stateFolder } = open;
  const wanted = wantedChecks(network, service);
  const state = await check(wanted, transports, { previous, signal });
  const report = explain(network, state, transports.clock.now());
  const host = hostOf(network, service);
  const facts = unitFacts(report, service);
  const path = textOf(facts['path']);
  const file =
    service.manager.kind === 'launchd' && path !== null
      ? await transports.readFile(host, path, { timeoutMs: 5000, signal }).catch(() => null)
      : null;
  const plan = (lastAttemptMs: number | null): PlannedDeed =>
    planDeed(network, service, {
      ...{ wish, report, nowMs: transports.clock.now(), lastAttemptMs, file },
      hostname: transports.hostname,
    });
  const unit = unitOf(plan(null).plan);
  const touched = await lastTouched(stateFolder, unit, ground);
  const planned = plan(touched.startedMs);
  // What was tried a moment ago may still go on.
  const isRecent = planned.plan.refusals.some(({ code }) => code === 'COOL_DOWN');
  const held = isRecent ? await heldNow(stateFolder, unit, ground) : null;
  const known = { service, wish, report, state, touched };
  if (held === null) return { ...known, planned };
  return { ...known, planned: { ...planned, plan: { ...planned.plan, refusals: [held] } } };
}

/** Its own checks with what explains them, and the Inngest servers whose runs it carries. */
export function wantedChecks(network: Network<BoundCheck>, service: Service): Network<BoundCheck> {
  const servers = serversOf(network.inventory, service).map(({ name }) => name);
  const own = narrowed(network, pick(network, [service.id])).checks;
  const checks = network.checks.filter(
    (one) => own.includes(one) || (one.kind === functionsKind && servers.includes(one.name)),
  );
  return { ...network, checks };
}

function unitFacts(report: Report, service: Service): JsonObject {
  return unitCheckOf(serviceOf(report, service))?.facts ?? {};
}

/** The service as it was seen. */
export function serviceOf(report: Report, { id }: Service): ServiceReport {
  return report.services.find((one) => one.id === id) as ServiceReport;
}

/** The host that it stands on. */
export function hostOf(network: Network<BoundCheck>, service: Service): Host {
  return network.inventory.hosts.find(({ name }) => name === service.host) as Host;
}

/** What the plan acts on. */
export function unitOf({ host, manager, unit }: Plan): Unit {
  return { host, manager, unit };
}
