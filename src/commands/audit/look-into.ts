import { createHash } from 'node:crypto';
import { auditHost } from '../../audit/audit-host.ts';
import { auditScript } from '../../audit/collect/script.ts';
import type { AuditReport } from '../../model/audit.ts';
import type { AuditGround } from './with-host.ts';

/** One look into a host; `onProbe` is told each probe as it begins. */
export function lookInto(
  { open, host, context }: Pick<AuditGround, 'open' | 'host' | 'context'>,
  onProbe: (id: string) => void,
): Promise<AuditReport> {
  const { transports, network } = open;
  return auditHost({
    host,
    declared: network.inventory.services.filter((service) => service.host === host.name),
    script: sha256(auditScript),
    digest: sha256,
    transports,
    options: { timeoutMs: context.options.timeoutMs, signal: context.signal },
    onProbe,
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
