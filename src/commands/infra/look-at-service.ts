import { explain } from '../../model/explain.ts';
import { emptyNetworkState } from '../../model/health.ts';
import type { Service } from '../../model/inventory.ts';
import type { ServiceReport } from '../../model/report.ts';
import { check } from '../../watch/sample.ts';
import type { ActGround } from '../acting/prepared.ts';
import { wantedChecks } from '../acting/seen-deed.ts';

/** A fresh sample of a service by all of its checks. */
export async function lookAtService(
  service: Service,
  { open, signal }: ActGround,
): Promise<ServiceReport> {
  const wanted = wantedChecks(open.network, service);
  const state = await check(wanted, open.transports, { previous: emptyNetworkState, signal });
  const report = explain(open.network, state, open.transports.clock.now());
  return report.services.find(({ id }) => id === service.id) as ServiceReport;
}

/** Whether something that it is seen by is down. */
export function isBad({ checks }: ServiceReport): boolean {
  return checks.some(({ state }) => state === 'down');
}
