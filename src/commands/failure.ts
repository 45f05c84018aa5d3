import { type ExitCode, UserError } from '../model/errors.ts';
import { hideInLog } from '../model/hide-secrets.ts';
import { plainText } from '../model/plain-text.ts';
import { failureEnvelope } from '../outputs/envelope.ts';

/** A line of a stack or of a fault is shorter. */
const longest = 2000;

/** Where a failure is told, and of which command line. */
export interface FailureContext {
  readonly json: boolean;
  readonly words: readonly string[];
  readonly startedMs: number;
  write(text: string): Promise<void>;
  /** One line on stderr, as it is. */
  tell(line: string): void;
}

/**
 * The one place where a command's error is told: a user's mistake in a line with what to do next,
 * anything else as our bug with its stack. With `--json` stdout holds the envelope of it.
 */
export async function tellFailure(error: unknown, context: FailureContext): Promise<ExitCode> {
  const failure = failureOf(error);
  if (context.json) {
    const now = Date.now();
    const at = new Date(now).toISOString();
    const command = `joelclaw ${context.words.join(' ')}`.trim();
    const head = { command, at, durationMs: now - context.startedMs };
    await context.write(failureEnvelope(head, failure));
  }
  // A fault begins with its file, line and column, so that editors and terminals can jump there.
  const prefix = 'faults' in failure ? '' : 'joelclaw: ';
  for (const line of failure.message.split('\n'))
    context.tell(`${prefix}${plainText(line, longest)}`);
  context.tell(`  → ${plainText(failure.fix, longest)}`);
  return error instanceof UserError ? error.exitCode : 70;
}

function failureOf(error: unknown) {
  if (error instanceof UserError) {
    const { code, message, hint: fix, faults } = error;
    return faults === undefined ? { code, message, fix } : { code, message, fix, faults };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 'BUG',
    message: `this is a bug of ours: ${stack.split('\n').map(hideInLog).join('\n')}`,
    fix: 'please report it with these lines',
  };
}
