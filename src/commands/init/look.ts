import { FaultError } from '../../model/errors.ts';
import type { CallOptions, ExecOutput, Transports } from '../../transports/contract.ts';
import { thisHost } from '../doctor/this-host.ts';

/** What every look at this machine has to work with. */
export interface Looking {
  readonly transports: Transports;
  readonly options: CallOptions;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What was found, and what could not be looked at. */
export interface Looked<T> {
  readonly found: T;
  readonly notLooked: readonly string[];
}

/** Runs a program of this machine that only tells. */
export function run(
  { transports, options }: Looking,
  argv: readonly [string, ...string[]],
): Promise<ExecOutput> {
  return transports.exec({ on: thisHost, argv }, options);
}

/** Trouble with looking is a line of what was not looked at, and nothing is found. */
export async function orNothing<T>(
  what: string,
  nothing: T,
  look: () => Promise<Looked<T>>,
): Promise<Looked<T>> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { found: nothing, notLooked: [`${what}: ${error.fault.message}`] };
  }
}

/** The file's text; null when there is none. */
export async function readOrNull(
  { transports, options }: Looking,
  path: string,
): Promise<string | null> {
  return transports.readFile(null, path, options).catch((error: unknown) => {
    if (error instanceof FaultError && error.fault.code === 'not-found') return null;
    throw error;
  });
}
