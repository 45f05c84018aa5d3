import type { AuditReport } from '../../model/audit.ts';
import { UserError } from '../../model/errors.ts';
import { auditPage } from '../../outputs/audit-page.ts';
import { envelope } from '../../outputs/envelope.ts';
import { type Command, type Context, headOf, wantsColor } from '../context.ts';
import { auditVerify } from './diff.ts';
import { lookCleanly } from './look-cleanly.ts';
import { refuseReadOnly } from './refuse-read-only.ts';
import { keepAudit } from './stored/keep-audit.ts';
import { type AuditGround, withHost } from './with-host.ts';
import { type NoteWritten, writeNote } from './write-note.ts';

/** `audit HOST`: one look, shown and kept; with `--verify` held against the accepted one. */
export const auditLook =
  (name: string): Command =>
  (context) => {
    const { verify, write } = context.options;
    if (verify && write) {
      throw new UserError('--verify and --write are two audits', {
        hint: `joelclaw audit ${name} --verify, and joelclaw audit ${name} --write when it is as it should be`,
      });
    }
    if (write) refuseReadOnly('the note is not written', context);
    return verify ? auditVerify(name)(context) : look(name, context);
  };

const look = (name: string, context: Context): Promise<number> =>
  withHost(name, context, async (ground) => {
    const { dryRun, write, json } = context.options;
    const shown = await lookCleanly(ground);
    if (!dryRun) await keepAudit(ground.open, shown, context);
    const note = write ? await noteOf(shown, ground) : null;
    const ok = shown.cutOff === null && note?.state !== 'failed';
    if (json) {
      const result = note === null ? shown : { ...shown, note };
      const answer = { schema: 'joelclaw.audit/v1', ok, result };
      await context.write(envelope(headOf(context, `audit ${name}`), answer));
    } else await context.write(auditPage(shown, wantsColor(context)) + noteLine(note));
    return ok ? 0 : 1;
  });

/** Why there is no note: what was seen of the host is told all the same. */
interface NoteFailed {
  readonly state: 'failed';
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

function noteOf(report: AuditReport, ground: AuditGround): Promise<NoteWritten | NoteFailed> {
  return writeNote(report, ground).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    const { code, message, hint } = error;
    return { state: 'failed', code, message, fix: hint };
  });
}

function noteLine(note: NoteWritten | NoteFailed | null): string {
  if (note === null) return '';
  if (note.state === 'failed') return `\n${note.message}\n  → ${note.fix}\n`;
  const words = { written: 'written', unchanged: 'is up to date', planned: 'would be written' };
  return `\nNote ${note.path}: ${words[note.state]}\n`;
}
