import { type PlannedDeed, planDeed } from '../../actions/plan-deed.ts';
import type { Wish } from '../../actions/plan-refusals.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { Network } from '../../model/check.ts';
import { explain } from '../../model/explain.ts';
import type { NetworkState } from '../../model/health.ts';
import type { Host, Service } from '../../model/inventory.ts';
import { check } from '../../watch/sample.ts';
import { askRights } from './ask-rights.ts';
import { type ActGround, type Prepared, unitOf } from './prepared.ts';
import { wantedChecks } from './seen-deed.ts';
import { withTouched } from './touched-plan.ts';
import { lookAfter, verifyDeed } from './verify-deed.ts';

/** Something that is to be done to a service. */
export interface WishedDeed {
  readonly service: Service;
  readonly wish: Wish;
}

/** Looks at a service and at what a deed would reach, and plans it. Only reads. */
export async function prepareDeed(
  { service, wish }: WishedDeed,
  previous: NetworkState,
  ground: ActGround,
): Promise<Prepared> {
  const { open, signal } = ground;
  const { network, transports } = open;
  const wanted = wantedChecks(network, service);
  const [state, rights] = await Promise.all([
    check(wanted, transports, { previous, signal, thorough: true }),
    askRights(service, open, signal),
  ]);
  const report = explain(network, state, transports.clock.now());
  const host = hostOf(network, service);
  const plan = (lastAttemptMs: number | null): PlannedDeed =>
    planDeed(network, service, {
      ...{ wish, report, nowMs: transports.clock.now(), lastAttemptMs },
      ...{ hostname: transports.hostname, rights },
    });
  const unit = unitOf(plan(null).plan);
  const { planned, touched } = await withTouched(unit, plan, ground);
  return {
    ...{ id: service.id, wish, plan: planned.plan, host, touched },
    checks: wanted.checks.map(({ id }) => id),
    again: (next) => prepareDeed({ service, wish }, state, next),
    verify: (next) => verifyDeed({ service, planned, report, state }, next),
    lookAfter: (next) => lookAfter({ service, planned, report, state }, next),
  };
}

/** The host that it stands on. */
function hostOf(network: Network<BoundCheck>, service: Service): Host {
  return network.inventory.hosts.find(({ name }) => name === service.host) as Host;
}
