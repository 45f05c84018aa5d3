import * as z from 'zod';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { Verdict } from '../../model/result.ts';
import { defineKind, type ObserveContext, type Previous } from '../contract.ts';
import { observeDarwin } from './darwin.ts';
import type { DiskFacts, HostFacts, ReachableFacts } from './facts.ts';
import { observeLinux } from './linux.ts';

const spec = z.strictObject({
  /** Mount points. */
  disks: z.array(z.string().startsWith('/')).default(['/']),
});

/** Raised at the first, cleared below the second, so that a value between them changes nothing. */
const diskRatio = { raise: 0.9, clear: 0.85 };
const availableRatio = { raise: 0.05, clear: 0.08 };
const stallPercent = { raise: 10, clear: 5 };
const stalled = 'programs wait for memory';
const scarce = 'little memory is available';

/** A machine: memory and its pressure, disks by mount, processors, uptime. Made from `hosts`. */
export const host = defineKind({
  kind: 'host',
  summary: 'A machine answers; its memory and disks have room. Made from `hosts`.',
  spec,
  onHost: true,
  observe: ({ disks }, context) =>
    context.host.access === 'ssh' ? observeReachable(context) : observeHere(disks, context),
  judge,
});

async function observeHere(disks: readonly string[], context: ObserveContext): Promise<HostFacts> {
  const { system } = await context.transports.machine(context.host, context.options);
  if (system === 'linux') return observeLinux(disks, context);
  if (system === 'darwin') return observeDarwin(disks, context);
  throw new FaultError(faultOf('tool-missing', 'this system is neither Linux nor macOS'));
}

/** A remote machine answers when its SSH server greets (RFC 4253 §4.2). */
async function observeReachable({
  host: target,
  transports,
  options,
}: ObserveContext): Promise<ReachableFacts> {
  const { host: name = target.name, port = 22 } = target.ssh ?? {};
  const { banner, latencyMs } = await transports.tcp({ host: name, port, banner: true }, options);
  if (banner.startsWith('SSH-')) return { latencyMs, reachable: true, server: banner };
  throw new FaultError(
    faultOf('protocol', `port ${port} is answered by something that is not SSH`),
  );
}

/** All that is wrong stands in the note, and tells the next sample what has been raised. */
function judge(facts: HostFacts | ReachableFacts, previous: Previous | null): Verdict {
  if ('reachable' in facts) return { state: 'up', note: 'ssh answers' };
  const before = previous?.note ?? '';
  const troubles = [
    ...facts.disks.map((disk) => diskTrouble(disk, before)),
    ...memoryTroubles(facts, before),
  ].filter((trouble) => trouble !== null);
  if (troubles.length === 0) return { state: 'up', note: facts.os };
  return { state: 'degraded', note: troubles.join('; ') };
}

function diskTrouble({ mount, usedBytes, sizeBytes }: DiskFacts, before: string): string | null {
  const raised = `disk ${mount} is nearly full`;
  const limit = before.includes(raised) ? diskRatio.clear : diskRatio.raise;
  return sizeBytes > 0 && usedBytes / sizeBytes >= limit ? raised : null;
}

function memoryTroubles({ memory }: HostFacts, before: string): readonly string[] {
  const { availableBytes, totalBytes, pressure, stalledPercent } = memory;
  if (pressure === 'warn' || pressure === 'critical') return [`memory pressure is ${pressure}`];
  const limitOf = (raised: string, limit: { raise: number; clear: number }): number =>
    before.includes(raised) ? limit.clear : limit.raise;
  const stalls = stalledPercent !== null && stalledPercent >= limitOf(stalled, stallPercent);
  const isScarce = availableBytes / totalBytes < limitOf(scarce, availableRatio);
  return [...(stalls ? [stalled] : []), ...(pressure === null && isScarce ? [scarce] : [])];
}
