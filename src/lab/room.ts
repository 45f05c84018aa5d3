import type { CallOptions } from '../transports/contract.ts';
import type { Call } from './call.ts';
import type { Moment, Site } from './site.ts';

/** A simulated site with the calls that are made to it. */
export interface Room {
  readonly site: Site;
  readonly call: Call;
  readonly counted: { connections: number; processes: number; readonly kept: Set<string> };
  readonly moment: () => Moment;
}

/** A call over a connection that is kept: opened for the first, and again after trouble. */
export async function keptCall(
  { call, counted }: Room,
  target: string,
  options: CallOptions,
): Promise<number> {
  try {
    const latencyMs = await call(target, options);
    if (!counted.kept.has(target)) counted.connections++;
    counted.kept.add(target);
    return latencyMs;
  } catch (error) {
    counted.kept.delete(target);
    throw error;
  }
}

/** What no site answers is a bug of the lab or of who asks. */
export function unexpected(request: string): never {
  throw new Error(`lab: unexpected ${request}`);
}
