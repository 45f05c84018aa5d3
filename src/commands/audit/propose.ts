import { closeLookScript, readCloseLook } from '../../audit/adopt/close-look.ts';
import {
  type NotAdopted,
  type Proposal,
  proposalOf,
  whyNotAdopted,
} from '../../audit/adopt/proposal.ts';
import { readUnitCheck, type UnitChecked, unitCheckScript } from '../../audit/adopt/unit-check.ts';
import type { AuditedService, AuditReport } from '../../model/audit.ts';
import { pathOf, type Service } from '../../model/inventory.ts';
import type { AuditGround } from './with-host.ts';

/** A unit that systemd of its host was asked about. */
export interface Proposed {
  readonly proposal: Proposal;
  readonly checked: UnitChecked;
}

/** Looks closely at what an audit has found of a service, and makes its unit; nothing is changed by it. */
export async function propose(
  service: Service,
  report: AuditReport,
  ground: Pick<AuditGround, 'open' | 'host' | 'context'>,
): Promise<Proposed | NotAdopted> {
  const seen = report.services.find(({ name, declared }) => declared && name === service.name);
  if (!seen) return { why: `the audit has not seen ${service.name}`, hint: 'look at its port' };
  const not = whyNotAdopted(seen);
  return not ?? proposeOf(service, seen, ground);
}

async function proposeOf(
  service: Service,
  seen: AuditedService,
  { open, host, context }: Pick<AuditGround, 'open' | 'host' | 'context'>,
): Promise<Proposed | NotAdopted> {
  const pid = seen.process?.pid ?? 0;
  const options = { timeoutMs: context.options.timeoutMs, signal: context.signal };
  const asked = await open.transports.exec(
    { on: host, argv: ['/bin/sh', '-s', '--', `${pid}`], input: closeLookScript },
    options,
  );
  const look = readCloseLook(pid, asked.stdout);
  if (look === null) {
    return { why: `process ${pid} cannot be looked at closely`, hint: 'look again, as root' };
  }
  const env = open.network.inventory.files.find(
    (file) => file.kind === 'env' && file.host === host.name && file.service === service.id,
  );
  const path = env ? pathOf(env) : null;
  const environmentFile = path?.replace(/^~\//, `${look.askingHome}/`) ?? null;
  const isStrict = context.options.strict;
  const proposal = proposalOf({ service, host, seen, look, environmentFile, isStrict });
  if ('why' in proposal) return proposal;
  const check = await open.transports.exec(
    {
      on: host,
      argv: ['/bin/sh', '-c', unitCheckScript, 'sh', proposal.unit],
      input: proposal.text,
    },
    options,
  );
  return { proposal, checked: readUnitCheck(check.stdout) };
}
