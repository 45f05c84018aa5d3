import type { AuditReport } from '../../model/audit.ts';
import { UserError } from '../../model/errors.ts';
import type { Context } from '../context.ts';
import type { OpenNetwork } from '../open-network.ts';

interface WantedUnit {
  readonly service: string;
  readonly open: OpenNetwork;
  readonly signal: AbortSignal;
}

/** What is done with an audit in the cockpit. Each rejects with a UserError where it cannot be done. */
export interface AuditDeeds {
  /** Stores a clean report; what cannot be kept is told, and costs nothing else. */
  keep(report: AuditReport, open: OpenNetwork): Promise<void>;
  /** The host's note in the Vault; not `changed` where it says so already. */
  writeNote(
    report: AuditReport,
    open: OpenNetwork,
  ): Promise<{ readonly path: string; readonly changed: boolean }>;
  /** The unit that an adoption would propose, as text; it is written nowhere. */
  proposeUnit(report: AuditReport, wanted: WantedUnit): Promise<string>;
}

/** Those of a cockpit: what only an audit needs is loaded when somebody wants one. */
export function auditDeeds(context: Context): AuditDeeds {
  return {
    keep: async (report, open) => {
      const { keepAudit } = await import('./stored/keep-audit.ts');
      return keepAudit(open, report, context);
    },
    writeNote: async (report, open) => {
      const { writeNote } = await import('./write-note.ts');
      const { path, state } = await writeNote(report, { open, context });
      return { path, changed: state === 'written' };
    },
    proposeUnit: (report, wanted) => unitFor(report, wanted, context),
  };
}

async function unitFor(
  report: AuditReport,
  { service: name, open, signal }: WantedUnit,
  context: Context,
): Promise<string> {
  const { hosts, services } = open.network.inventory;
  const host = hosts.find((one) => one.name === report.host);
  const service = services.find((one) => one.host === report.host && one.name === name);
  if (!host || !service) {
    throw new UserError(`${name} is no service of the inventory`, {
      hint: 'add it to services in inventory.yaml, then A again',
    });
  }
  const { propose } = await import('./propose.ts');
  const proposed = await propose(service, report, { open, host, context: { ...context, signal } });
  if ('why' in proposed) throw new UserError(proposed.why, { hint: proposed.hint });
  return proposed.proposal.text;
}
