import { resolve } from 'node:path';
import { shellWord } from '../model/shell-word.ts';
import type { EnvelopeHead } from '../outputs/envelope.ts';
import type { Options } from './options.ts';

/** What the process offers to a command; tests hand in their own. */
export interface Context {
  readonly options: Options;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly isTty: boolean;
  /** Aborted by ctrl-c and SIGTERM. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970 when the process began to work. */
  readonly startedMs: number;
  write(text: string): Promise<void>;
  /** Progress and warnings, never data. */
  warn(line: string): void;
}

/**
 * One verb, to an exit code (128 + n after signal n). It throws a UserError for a user's mistake;
 * anything else that it throws is our bug.
 */
export type Command = (context: Context) => Promise<number>;

/** The head of the envelope that answers this command line. */
export function headOf(context: Context, verb: string): EnvelopeHead {
  const now = Date.now();
  return {
    command: `joelclaw ${verb}`.trim(),
    at: new Date(now).toISOString(),
    durationMs: Math.round(now - context.startedMs),
  };
}

/** Colour is for a terminal that has not been told otherwise (no-color.org). */
export function wantsColor({ options, env, isTty }: Context): boolean {
  const isWanted = !options.noColor && !options.plain && (env['NO_COLOR'] ?? '') === '';
  return isTty && isWanted && !isDumb({ env });
}

/** A terminal that says of itself that it can do nothing, or says nothing. */
export function isDumb({ env }: Pick<Context, 'env'>): boolean {
  return /^(?:dumb)?$/.test(env['TERM'] ?? '');
}

/** The flags that name this network on another command line, quoted for a shell. */
export function sameNetwork({ options, cwd }: Context): string {
  if (options.lab !== null) return ` --lab=${options.lab}`;
  if (options.root === null) return '';
  return ` --root ${shellWord(resolve(cwd, options.root))}`;
}
