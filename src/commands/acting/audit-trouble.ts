import { FaultError, UserError } from '../../model/errors.ts';
import type { AuditFailed } from '../../tui/audit-view.ts';
import type { Context } from '../context.ts';

/** What is shown in place of an audit that told nothing: why, and what to do next. */
export function failureOf(
  error: unknown,
  host: string,
  { warn }: Pick<Context, 'warn'>,
): AuditFailed {
  const doctor = `see what \`joelclaw doctor\` says of ${host}`;
  if (error instanceof FaultError) {
    const { message, hint = doctor } = error.fault;
    return { phase: 'failed', host, message, hint };
  }
  if (error instanceof UserError) {
    return { phase: 'failed', host, message: error.message, hint: error.hint };
  }
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  warn(`an audit broke, and that is our bug: ${words}`);
  const [message = ''] = words.split('\n');
  return { phase: 'failed', host, message: `our bug: ${message}`, hint: 'its log has all of it' };
}

/** The same in the footer, of what was asked of an audit that is there. */
export function wordsOf(error: unknown, { warn }: Pick<Context, 'warn'>): string {
  if (error instanceof UserError) return `${error.message}; ${error.hint}`;
  const { message, hint } = failureOf(error, '', { warn });
  return error instanceof FaultError && error.fault.hint === undefined
    ? message
    : `${message}; ${hint}`;
}
