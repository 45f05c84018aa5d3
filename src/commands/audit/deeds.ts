import { join } from 'node:path';
import type { AuditReport } from '../../model/audit.ts';
import { UserError } from '../../model/errors.ts';
import type { Context } from '../context.ts';
import type { OpenNetwork } from '../open-network.ts';
import { writeStateFile } from '../state-file.ts';

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
  proposeUnit(
    report: AuditReport,
    wanted: { readonly service: string; readonly open: OpenNetwork; readonly signal: AbortSignal },
  ): Promise<string>;
}

/** Those of a cockpit. */
export function auditDeeds(context: Pick<Context, 'warn'>): AuditDeeds {
  return {
    keep: (report, { stateFolder }) => {
      const folder = join(stateFolder, 'audits', report.host);
      const file = { folder, name: `${report.id}.json`, what: `the audit of ${report.host}` };
      return writeStateFile(file, `${JSON.stringify(report)}\n`, context);
    },
    writeNote: async ({ host }) => {
      throw new UserError('there is no Vault to write into', {
        hint: `set \`vault:\` in inventory.yaml to its folder, then joelclaw audit ${host} --write`,
      });
    },
    proposeUnit: async ({ host }, { service }) => {
      throw new UserError(`no unit can be proposed for ${service} here`, {
        hint: `joelclaw audit ${host} --adopt ${service} --dry-run`,
      });
    },
  };
}
