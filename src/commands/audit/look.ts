import { FaultError, UserError } from '../../model/errors.ts';
import { cleaner } from '../../model/plain-text.ts';
import { auditPage } from '../../outputs/audit-page.ts';
import { envelope } from '../../outputs/envelope.ts';
import { type Command, headOf, wantsColor } from '../context.ts';
import { lookInto } from './look-into.ts';
import { withHost } from './with-host.ts';
import { type NoteWritten, writeNote } from './write-note.ts';

/** `audit HOST`: one look, shown. */
export const auditLook =
  (name: string): Command =>
  (context) =>
    withHost(name, context, async (ground) => {
      const report = await lookInto(ground, (probe) => ground.tell(probe)).catch(
        (error: unknown) => {
          if (!(error instanceof FaultError)) throw error;
          const { message, hint } = error.fault;
          throw new UserError(`${name} cannot be looked into: ${message}`, {
            ...{ code: 'NOT_AUDITED', exitCode: 1 },
            hint: hint ?? `see what \`joelclaw doctor\` says of ${name}`,
          });
        },
      );
      const clean = cleaner(ground.open.secrets);
      const shown = clean(JSON.parse(JSON.stringify(report))) as typeof report;
      const note = context.options.write ? await writeNote(shown, ground) : null;
      if (context.options.json) {
        const result = note === null ? shown : { ...shown, note };
        const answer = { schema: 'joelclaw.audit/v1', ok: report.cutOff === null, result };
        await context.write(envelope(headOf(context, `audit ${name}`), answer));
      } else await context.write(auditPage(shown, wantsColor(context)) + noteLine(note));
      return report.cutOff === null ? 0 : 1;
    });

function noteLine(note: NoteWritten | null): string {
  if (note === null) return '';
  const words = { written: 'written', unchanged: 'is up to date', planned: 'would be written' };
  return `\nNote ${note.path}: ${words[note.state]}\n`;
}
