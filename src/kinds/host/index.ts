import * as z from 'zod';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import { isJsonObject } from '../../model/json.ts';
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

/** A machine: memory and its pressure, disks by mount, processors, uptime. Made from `hosts`. */
export const host = defineKind({
  kind: 'host',
  summary: 'A machine answers; its memory and disks have room. Made from `hosts`.',
  spec,
  observe: ({ disks }, context) =>
    context.host.access === 'ssh' ? observeReachable(context) : observeHere(disks, context),
  judge,
});

function observeHere(disks: readonly string[], context: ObserveContext): Promise<HostFacts> {
  const platform = context.transports.platform(context.host);
  if (platform === 'linux') return observeLinux(disks, context);
  if (platform === 'darwin') return observeDarwin(disks, context);
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

function judge(facts: HostFacts | ReachableFacts, previous: Previous | null): Verdict {
  if ('reachable' in facts) return { state: 'up', note: 'ssh answers' };
  const troubles = [
    ...facts.disks.map((disk) => diskTrouble(disk, previous)),
    memoryTrouble(facts, previous),
  ];
  const first = troubles.find((trouble) => trouble !== null);
  return first === undefined ? { state: 'up', note: facts.os } : { state: 'degraded', note: first };
}

function diskTrouble(
  { mount, usedBytes, sizeBytes }: DiskFacts,
  previous: Previous | null,
): string | null {
  const before = ratioBefore(previous, mount);
  const limit =
    before !== null && before >= diskRatio.clear && wasDegraded(previous)
      ? diskRatio.clear
      : diskRatio.raise;
  if (sizeBytes === 0 || usedBytes / sizeBytes < limit) return null;
  return `disk ${mount} is more than ${Math.round(limit * 100)} % full`;
}

/** How full the same disk was in the last sample; null when it was not seen. */
function ratioBefore(previous: Previous | null, mount: string): number | null {
  const disks = previous?.facts['disks'];
  if (!Array.isArray(disks)) return null;
  const disk = disks.find((one) => isJsonObject(one) && one['mount'] === mount);
  if (!isJsonObject(disk)) return null;
  return Number(disk['usedBytes']) / Number(disk['sizeBytes']);
}

function memoryTrouble({ memory }: HostFacts, previous: Previous | null): string | null {
  if (memory.pressure === 'warn' || memory.pressure === 'critical') {
    return `memory pressure is ${memory.pressure}`;
  }
  const { availableBytes, totalBytes } = memory;
  const limit = wasDegraded(previous) ? availableRatio.clear : availableRatio.raise;
  const scarce = memory.pressure === null && availableBytes / totalBytes < limit;
  return scarce ? `less than ${Math.round(limit * 100)} % of memory is available` : null;
}

function wasDegraded(previous: Previous | null): boolean {
  return previous?.state === 'degraded';
}
