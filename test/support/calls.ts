import { FaultError } from '../../src/model/errors.ts';
import type { Fault } from '../../src/model/fault.ts';
import type { Host } from '../../src/model/inventory.ts';
import type { CallOptions, HttpRequest } from '../../src/transports/contract.ts';

/** This machine, and one behind ssh. */
export const here: Host = {
  name: 'here',
  description: '',
  access: 'local',
  ssh: null,
  hostname: null,
  tailscale: null,
  disks: [],
};
export const there: Host = { ...here, name: 'there', access: 'ssh' };

/** A call's options; nobody aborts it unless a signal is given. */
export function within(timeoutMs: number, signal = new AbortController().signal): CallOptions {
  return { timeoutMs, signal };
}

/** A plain GET. */
export function get(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { url, method: 'GET', headers: {}, tls: {}, ...more };
}

/** The fault that a call rejects with; fails when it resolves or rejects with anything else. */
export async function faultOfCall(call: Promise<unknown>): Promise<Fault> {
  const error = await call.then(
    (value) => new Error(`resolved with ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof FaultError) return error.fault;
  throw error;
}
