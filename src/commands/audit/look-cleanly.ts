import type { AuditReport } from '../../model/audit.ts';
import { FaultError, UserError } from '../../model/errors.ts';
import { lookInto } from './look-into.ts';
import { cleanReport } from './stored/keep-audit.ts';
import type { AuditGround } from './with-host.ts';

/** One look into a host, as it may be shown and kept. A host that tells nothing is the user's to mend (exit 1). */
export async function lookCleanly(ground: AuditGround): Promise<AuditReport> {
  const { name } = ground.host;
  const report = await lookInto(ground, (probe) => ground.tell(probe)).catch((error: unknown) => {
    if (!(error instanceof FaultError) || error.fault.code === 'aborted') throw error;
    const { message, hint } = error.fault;
    throw new UserError(`${name} cannot be looked into: ${message}`, {
      ...{ code: 'NOT_AUDITED', exitCode: 1 },
      hint: hint ?? `see what \`joelclaw doctor\` says of ${name}`,
    });
  });
  return cleanReport(report, ground.open.secrets);
}
