import { unitCheckOf } from '../../actions/unit-mark.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { LogSource } from '../../kinds/log-source.ts';
import type { Network } from '../../model/check.ts';
import type { Service } from '../../model/inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Report } from '../../model/report.ts';

interface Sources {
  readonly sources: readonly LogSource[];
  /** What is to be told: that there are none, or that the unit is not there; null where all is well. */
  readonly why: string | null;
  /** What its manager says, where it has no such unit. */
  readonly absence: string | null;
}

/** Where a service writes, by what was seen of its unit. */
export function sourcesOf(
  service: Service,
  { checks }: Network<BoundCheck>,
  report: Report,
): Sources {
  const seen = report.services.find(({ id }) => id === service.id);
  const unit = seen ? unitCheckOf(seen) : null;
  const bound = checks.find(({ id }) => id === unit?.id);
  const facts = unit?.facts ?? {};
  const sources = bound?.logs(facts) ?? [];
  const absence = bound && unit?.fault === null ? absenceOf(service, bound, facts) : null;
  if (absence !== null) return { sources, why: absence, absence };
  return { sources, why: sources.length > 0 ? null : whyNone(service, unit?.note ?? ''), absence };
}

/** That its manager has no such unit, and what to do; null where it has one. */
function absenceOf({ id, manager }: Service, bound: BoundCheck, facts: JsonObject): string | null {
  const known = bound.deeds(facts).find(({ refusal }) => refusal?.code === 'NOT_FOUND')?.refusal;
  if (known) return `${known.message} → ${known.hint}`;
  const isUnloaded = manager.kind === 'launchd' && facts['domain'] === null;
  return isUnloaded ? `it is not loaded → joelclaw start ${id}` : null;
}

function whyNone({ manager }: Service, note: string): string {
  if (manager.kind === 'none') return 'its manager is `none`: nobody knows where it writes';
  const known = note === '' ? '' : ` (${note})`;
  return manager.kind === 'launchd'
    ? `its plist names no StandardOutPath and no StandardErrorPath${known}`
    : `nothing of it has run yet${known}`;
}
