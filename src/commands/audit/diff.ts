import { compareAudits } from '../../audit/compare/compare-audits.ts';
import type { AuditReport } from '../../model/audit.ts';
import type { AuditDiff } from '../../model/audit-diff.ts';
import { UserError } from '../../model/errors.ts';
import { auditDiffText } from '../../outputs/audit-diff-text.ts';
import { envelope } from '../../outputs/envelope.ts';
import { type Command, type Context, headOf, sameNetwork, wantsColor } from '../context.ts';
import { lookCleanly } from './look-cleanly.ts';
import { auditFolder, newestAudit, pointedAt, readAudit } from './stored/audit-folder.ts';
import { keepAudit } from './stored/keep-audit.ts';
import { type AuditGround, withHost } from './with-host.ts';

/** `audit diff HOST`: the newest audit that is stored beside the accepted one; nothing is asked of the host. */
export const auditDiff =
  (name: string): Command =>
  (context) =>
    withHost(name, context, async (ground) => {
      const accepted = await acceptedAudit(ground);
      const newest = await newestAudit(auditFolder(ground.open, name), context);
      if (newest === null) throw unread(`no audit of ${name} can be read`, ground);
      return tell(compareAudits(accepted, newest), context, `audit diff ${name}`);
    });

/** `audit HOST --verify`: looks now, and holds it against the accepted one. */
export const auditVerify =
  (name: string): Command =>
  (context) =>
    withHost(name, context, async (ground) => {
      // Before the host is asked for nothing.
      const accepted = await acceptedAudit(ground);
      const report = await lookCleanly(ground);
      if (!context.options.dryRun) await keepAudit(ground.open, report, context);
      return tell(compareAudits(accepted, report), context, `audit ${name} --verify`);
    });

/** The one that was accepted; without one there is nothing to hold anything against. */
async function acceptedAudit(ground: AuditGround): Promise<AuditReport> {
  const { open, host, context } = ground;
  const folder = auditFolder(open, host.name);
  const id = await pointedAt(folder, 'accepted', context);
  if (id === null) {
    throw new UserError(`no audit of ${host.name} is accepted`, {
      ...{ code: 'NOT_ACCEPTED', exitCode: 1 },
      hint: `look at it with joelclaw audit ${host.name}${sameNetwork(context)}, then joelclaw audit accept ${host.name}${sameNetwork(context)}`,
    });
  }
  const found = await readAudit(folder, id);
  if (typeof found === 'string') throw unread(`the accepted audit: ${found}`, ground);
  return found;
}

function unread(message: string, { host, context }: AuditGround): UserError {
  return new UserError(message, {
    ...{ code: 'NOT_READABLE', exitCode: 1 },
    hint: `audit it anew with joelclaw audit ${host.name}${sameNetwork(context)}, and accept that one`,
  });
}

const exits = { same: 0, differs: 2, unknown: 1 } as const;

async function tell(diff: AuditDiff, context: Context, verb: string): Promise<number> {
  if (context.options.json) {
    const answer = {
      ...{ schema: 'joelclaw.audit-diff/v1', ok: diff.verdict === 'same', result: diff },
      nextActions: diff.verdict === 'same' ? [] : nextOf(diff, sameNetwork(context)),
    };
    await context.write(envelope(headOf(context, verb), answer));
  } else await context.write(auditDiffText(diff, wantsColor(context)));
  return exits[diff.verdict];
}

function nextOf({ host, newest }: AuditDiff, where: string) {
  const command = `joelclaw audit accept ${host} ${newest.id} --yes${where}`;
  const description =
    'if all of that was meant: what is there now is from then on what is expected';
  return [{ command, description }];
}
