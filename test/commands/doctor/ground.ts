import type { Ground } from '../../../src/commands/doctor/probe.ts';
import { readOptions } from '../../../src/commands/options.ts';
import type { DoctorItem } from '../../../src/outputs/doctor-page.ts';
import { type Call, type Machine, strictTransports } from '../../kinds/strict-transports.ts';

/** Ground for probes: the given calls and no other, each once. */
export function groundOf(
  calls: readonly Call[],
  { env = {}, ...machine }: Machine & { readonly env?: Record<string, string> } = {},
): { readonly ground: Ground; readonly unused: () => readonly Call[] } {
  const { transports, unused } = strictTransports(calls, machine);
  const { signal } = new AbortController();
  const context = {
    options: readOptions([]),
    env,
    cwd: '/nowhere',
    home: '/home/joel',
    isTty: false,
    signal,
    startedMs: 0,
    write: async () => undefined,
    warn: () => undefined,
  };
  return { ground: { context, transports, options: { timeoutMs: 5000, signal } }, unused };
}

/** `state: note` of an item. */
export function told({ state, note }: Pick<DoctorItem, 'state' | 'note'>): string {
  return `${state}: ${note}`;
}
