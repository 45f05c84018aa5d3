import { serversOf } from '../../actions/blast-radius.ts';
import type { PlannedDeed } from '../../actions/plan-deed.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { Network } from '../../model/check.ts';
import { functionsKind } from '../../model/explain-functions.ts';
import type { NetworkState } from '../../model/health.ts';
import type { Service } from '../../model/inventory.ts';
import type { Report, ServiceReport } from '../../model/report.ts';
import { narrowed, pick } from '../pick.ts';

/** What was seen of a service, and what is planned by that. */
export interface SeenDeed {
  readonly service: Service;
  readonly planned: PlannedDeed;
  readonly report: Report;
  readonly state: NetworkState;
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

/** The service as it was seen. */
export function serviceOf(report: Report, { id }: Service): ServiceReport {
  return report.services.find((one) => one.id === id) as ServiceReport;
}
