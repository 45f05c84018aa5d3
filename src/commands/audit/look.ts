import { FaultError, UserError } from '../../model/errors.ts';
import { cleaner } from '../../model/plain-text.ts';
import { auditPage } from '../../outputs/audit-page.ts';
import { envelope } from '../../outputs/envelope.ts';
import { type Command, headOf, wantsColor } from '../context.ts';
import { lookInto } from './look-into.ts';
import { withHost } from './with-host.ts';

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
      if (context.options.json) {
        const answer = { schema: 'joelclaw.audit/v1', ok: report.cutOff === null, result: shown };
        await context.write(envelope(headOf(context, `audit ${name}`), answer));
      } else await context.write(auditPage(shown, wantsColor(context)));
      return report.cutOff === null ? 0 : 1;
    });
