import * as z from 'zod';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import { defineKind, type ObserveContext } from '../contract.ts';
import type { Skew } from './clock-skew.ts';
import { observeDarwin } from './darwin.ts';
import type { Disks, HostFacts, MachineFacts } from './facts.ts';
import { judgeHost } from './judge.ts';
import { observeLinux } from './linux.ts';
import { raisedOf } from './raised.ts';
import { observeRemote } from './remote.ts';

const spec = z.strictObject({
  /** Mount points. */
  disks: z.array(z.string().startsWith('/')).default(['/']),
});

/** A machine: memory and its pressure, disks by mount, RAID, clock, uptime. Made from `hosts`. */
export const host = defineKind({
  kind: 'host',
  summary: 'A machine answers; its memory and disks have room. Made from `hosts`.',
  spec,
  onHost: true,
  ownSilence: true,
  observe: async ({ disks }, context): Promise<HostFacts> => {
    const look = context.host.access === 'ssh' ? observeRemote : observeHere;
    const { skew, ...seen } = await look(disks, context);
    const clockSkewSeconds = skew?.leastSeconds ?? null;
    return { ...seen, clockSkewSeconds, raised: raisedOf(seen, skew, context.previous) };
  },
  judge: judgeHost,
});

/** This machine's clock is the one that others are held against. */
async function observeHere(
  disks: readonly string[],
  context: ObserveContext,
): Promise<MachineFacts & Disks & { readonly skew: Skew | null }> {
  const { system } = await context.transports.machine(context.host, context.options);
  if (system === 'linux') return { ...(await observeLinux(disks, context)), skew: null };
  if (system === 'darwin') return { ...(await observeDarwin(disks, context)), skew: null };
  throw new FaultError(faultOf('tool-missing', 'this system is neither Linux nor macOS'));
}
