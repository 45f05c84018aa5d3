import { FaultError } from '../model/errors.ts';
import type { CallOptions } from '../transports/contract.ts';
import { keptCall, type Room } from './room.ts';

/** A cluster that cannot be asked is unknown: whatever keeps the API from us, it is ours. */
export async function reach(room: Room, name: string, options: CallOptions): Promise<void> {
  try {
    await keptCall(room, `kube:${name}`, options);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    throw new FaultError({ ...error.fault, side: 'prober' }, { cause: error });
  }
}
