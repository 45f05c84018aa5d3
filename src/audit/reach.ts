import { FaultError } from '../model/errors.ts';
import type { Host, Service } from '../model/inventory.ts';
import type { CallOptions, Transports } from '../transports/contract.ts';

/** By port: whether it takes a connection from this machine; null where that cannot be told. */
export type FromHere = ReadonlyMap<number, boolean | null>;

interface ReachGround {
  readonly host: Host;
  readonly transports: Transports;
  readonly options: CallOptions;
}

/** A refusal and a silence are a no; of a name that is not found nothing is known. */
export async function reachedFromHere(
  declared: readonly Service[],
  { host, transports, options }: ReachGround,
): Promise<FromHere> {
  const name = host.ssh?.host ?? 'localhost';
  const ports = [...new Set(declared.flatMap(({ port }) => (port === null ? [] : [port])))];
  const asked = ports.map(async (port): Promise<readonly [number, boolean | null]> => {
    const answer = await transports
      .tcp({ host: name, port }, { ...options, timeoutMs: Math.min(3000, options.timeoutMs) })
      .then(() => true, noIn);
    return [port, answer];
  });
  return new Map(await Promise.all(asked));
}

function noIn(error: unknown): boolean | null {
  if (!(error instanceof FaultError) || error.fault.code === 'aborted') throw error;
  return error.fault.code === 'refused' || error.fault.code === 'timeout' ? false : null;
}
