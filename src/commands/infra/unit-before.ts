import { unitCheckOf } from '../../actions/unit-mark.ts';
import type { Service } from '../../model/inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Report } from '../../model/report.ts';
import { isDisabled } from '../../model/running-state.ts';

/** Its manager knows no such unit. */
export function isMissing(service: Service, report: Report): boolean {
  const facts = factsOf(service, report);
  return facts['domain'] === null || facts['loadState'] === 'not-found' || facts['found'] === false;
}

/** Its unit was not there, or is not enabled. */
export function isNewUnit(service: Service, report: Report): boolean {
  return isMissing(service, report) || isDisabled(factsOf(service, report));
}

function factsOf({ id }: Service, report: Report): JsonObject {
  const seen = report.services.find((one) => one.id === id);
  return (seen && unitCheckOf(seen)?.facts) ?? {};
}
