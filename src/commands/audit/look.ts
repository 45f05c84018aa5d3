import { UserError } from '../../model/errors.ts';
import { auditPage } from '../../outputs/audit-page.ts';
import { envelope } from '../../outputs/envelope.ts';
import { type Command, type Context, headOf, wantsColor } from '../context.ts';
import { auditVerify } from './diff.ts';
import { lookCleanly } from './look-cleanly.ts';
import { keepAudit } from './stored/keep-audit.ts';
import { withHost } from './with-host.ts';
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
    return verify ? auditVerify(name)(context) : look(name, context);
  };

const look = (name: string, context: Context): Promise<number> =>
  withHost(name, context, async (ground) => {
    const { dryRun, write, json } = context.options;
    const shown = await lookCleanly(ground);
    if (!dryRun) await keepAudit(ground.open, shown, context);
    const note = write ? await writeNote(shown, ground) : null;
    if (json) {
      const result = note === null ? shown : { ...shown, note };
      const answer = { schema: 'joelclaw.audit/v1', ok: shown.cutOff === null, result };
      await context.write(envelope(headOf(context, `audit ${name}`), answer));
    } else await context.write(auditPage(shown, wantsColor(context)) + noteLine(note));
    return shown.cutOff === null ? 0 : 1;
  });

function noteLine(note: NoteWritten | null): string {
  if (note === null) return '';
  const words = { written: 'written', unchanged: 'is up to date', planned: 'would be written' };
  return `\nNote ${note.path}: ${words[note.state]}\n`;
}
