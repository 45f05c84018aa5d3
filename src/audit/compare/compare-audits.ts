import type { AuditReport, Severity } from '../../model/audit.ts';
import type { AuditDiff, AuditMark } from '../../model/audit-diff.ts';
import { compareLogins } from './logins.ts';
import { compareMachine } from './machine.ts';
import { compareManagers } from './managers.ts';
import { compareNetwork } from './network.ts';
import { compareStarts } from './starts.ts';
import { compareStorage } from './storage.ts';
import { joined } from './things.ts';

const graveness: readonly Severity[] = ['critical', 'warning', 'unknown', 'info'];

/**
 * Holds an audit against the one that was accepted. What moves by itself (free space, uptime, process
 * ids, ports that nobody has chosen, addresses for a day) is no change; what one of both could not
 * tell is unknown.
 */
export function compareAudits(accepted: AuditReport, newest: AuditReport): AuditDiff {
  const reports = { before: accepted, after: newest };
  const { changes, unknowns, untold } = joined([
    compareMachine({ before: accepted.facts, after: newest.facts }),
    compareStorage(reports),
    compareNetwork(reports),
    compareManagers(reports),
    compareStarts(reports),
    compareLogins(reports),
  ]);
  const differs = changes.length > 0 ? 'differs' : null;
  return {
    host: newest.host,
    accepted: markOf(accepted),
    newest: markOf(newest),
    verdict: differs ?? (unknowns.length > 0 ? 'unknown' : 'same'),
    changes: changes.toSorted(
      (a, b) => graveness.indexOf(a.severity) - graveness.indexOf(b.severity) || order(a.id, b.id),
    ),
    unknowns: unknowns.toSorted((a, b) => order(a.id, b.id) || order(a.why, b.why)),
    untold: [...new Set(untold)].toSorted(order),
  };
}

function markOf({ id, at }: AuditReport): AuditMark {
  return { id, at };
}

/** By code units: the same everywhere. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
