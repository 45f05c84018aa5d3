import { compareAudits } from '../../audit/compare/compare-audits.ts';
import { isAuditId } from '../../audit/compare/stored-audit.ts';
import type { AuditReport } from '../../model/audit.ts';
import { UserError } from '../../model/errors.ts';
import { auditDiffText } from '../../outputs/audit-diff-text.ts';
import { envelope } from '../../outputs/envelope.ts';
import { type Command, headOf, sameNetwork, wantsColor } from '../context.ts';
import { writeStateFile } from '../state-file.ts';
import { askName } from './ask-name.ts';
import { refuseReadOnly } from './refuse-read-only.ts';
import {
  auditFolder,
  newestAudit,
  pointedAt,
  pointerFile,
  readAudit,
} from './stored/audit-folder.ts';
import { type AuditGround, withHost } from './with-host.ts';

/** `audit accept HOST [ID]`: what that audit says, the last one unless told, is from now on what is expected. */
export const auditAccept =
  (name: string, id: string | null): Command =>
  (context) =>
    withHost(name, context, async (ground) => {
      refuseReadOnly('nothing was accepted', context);
      const folder = auditFolder(ground.open, name);
      const report = await wantedAudit(ground, folder, id);
      const before = await pointedAt(folder, 'accepted', context);
      const was = before === null ? null : await readAudit(folder, before);
      const diff = was === null || typeof was === 'string' ? null : compareAudits(was, report);
      const { yes, dryRun, json } = context.options;
      if (!json && diff) await context.write(auditDiffText(diff, wantsColor(context)));
      if (!dryRun) {
        const hint = `joelclaw audit accept ${name} ${report.id} --yes${sameNetwork(context)}`;
        if (!yes) await askName(`accept ${said(report)}?`, name, context, hint);
        await accept(folder, report.id);
      }
      const result = { host: name, dryRun, accepted: report.id, at: report.at, before, diff };
      if (json) {
        const answer = { schema: 'joelclaw.audit-accept/v1', ok: true, result };
        await context.write(envelope(headOf(context, `audit accept ${name}`), answer));
      } else {
        const words = dryRun ? 'would be accepted' : 'accepted';
        await context.write(`${words}: ${said(report)}\n`);
      }
      return 0;
    });

/** `audit 20260218T090000Z-3fk2 of clanker-001, which did not come to its end`. */
function said({ id, host, cutOff }: AuditReport): string {
  const end = cutOff === null ? '' : `, which did not come to its end: ${cutOff.message}`;
  return `audit ${id} of ${host}${end}`;
}

async function wantedAudit(
  { host: { name }, context }: AuditGround,
  folder: string,
  id: string | null,
): Promise<AuditReport> {
  const found =
    id === null
      ? ((await newestAudit(folder, context)) ?? `no audit of ${name} can be read`)
      : isAuditId(id)
        ? await readAudit(folder, id)
        : `${id} is no id of an audit`;
  if (typeof found !== 'string') return found;
  throw new UserError(`nothing was accepted: ${found}`, {
    ...{ code: 'NOT_READABLE', exitCode: 1 },
    hint: `look first: joelclaw audit ${name}${sameNetwork(context)}`,
  });
}

async function accept(folder: string, id: string): Promise<void> {
  const warn = (why: string): never => {
    throw new UserError(`nothing was accepted: ${why}`, {
      ...{ code: 'NOT_KEPT', exitCode: 1 },
      hint: 'look at the disk',
    });
  };
  await writeStateFile(pointerFile(folder, 'accepted'), `${id}\n`, { warn });
}
