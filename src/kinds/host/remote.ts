import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ObserveContext } from '../contract.ts';
import { runScript } from '../shell/run-script.ts';
import { lastLineOf, type Sections } from '../shell/sections.ts';
import { instantOf, type Skew, skewOf } from './clock-skew.ts';
import { darwinFacts, diskOf as diskOfMac } from './darwin.ts';
import { dfRows, diskSeen, mountName, sortDisks } from './df.ts';
import type { DiskFacts, Disks, MachineFacts } from './facts.ts';
import { linuxFacts } from './linux.ts';
import { hostScript } from './script.ts';

/** A look into a machine over ssh, in one exchange: what it is, its disks, and its clock. */
export async function observeRemote(
  mounts: readonly string[],
  context: ObserveContext,
): Promise<MachineFacts & Disks & { readonly skew: Skew | null }> {
  const { clock } = context.transports;
  const asked = instantOf(clock);
  const sections = await runScript({ text: hostScript, parameters: mounts }, context);
  const answered = instantOf(clock);
  const remoteSeconds = Number(/^\d{9,11}$/m.exec(sections.get('clock')?.text ?? '')?.[0] ?? 0);
  const system = wanted(sections, 'system').trim();
  const diskOf = system === 'Darwin' ? diskOfMac : diskOfLinux;
  const seen = mounts.map((mount, index) =>
    diskSeen(mount, sections.get(`disk-${index + 1}`), diskOf),
  );
  return {
    ...machineOf(system, sections, remoteSeconds * 1000),
    ...sortDisks(seen),
    skew: remoteSeconds === 0 ? null : skewOf(remoteSeconds, asked, answered),
  };
}

/** Uptime is counted by the clock that counted it. */
function machineOf(system: string, sections: Sections, nowMs: number): MachineFacts {
  if (system === 'Linux') {
    return linuxFacts({
      meminfo: wanted(sections, 'meminfo'),
      cpus: Number.parseInt(wanted(sections, 'cpus'), 10) || 0,
      loadavg: wanted(sections, 'loadavg'),
      uptime: wanted(sections, 'uptime'),
      release: optional(sections, 'release'),
      kernel: optional(sections, 'kernel') ?? 'Linux',
      pressure: optional(sections, 'pressure'),
      mdstat: optional(sections, 'mdstat'),
    });
  }
  if (system === 'Darwin') {
    const [sysctl, vmStat] = [wanted(sections, 'sysctl'), wanted(sections, 'memory')];
    return darwinFacts({ sysctl, vmStat, version: wanted(sections, 'version') }, nowMs);
  }
  const name = system.slice(0, 40);
  throw new FaultError(faultOf('tool-missing', `its system is ${name}, neither Linux nor macOS`));
}

function wanted(sections: Sections, id: string): string {
  const section = sections.get(id);
  if (section?.exitCode === 0) return section.text;
  const how = section ? `ended with ${section.exitCode}: ${lastLineOf(section)}` : 'is not there';
  throw new FaultError(faultOf('protocol', `what tells of ${id} ${how}`));
}

function optional(sections: Sections, id: string): string | null {
  const section = sections.get(id);
  return section?.exitCode === 0 ? section.text : null;
}

/** As df counts: what only root may still use is neither used nor available. */
function diskOfLinux(df: string, mount: string): DiskFacts | null {
  const row = dfRows(df).find((one) => one.mount === mountName(mount));
  if (!row) return null;
  const { usedBytes, availableBytes, sizeBytes } = row;
  return { mount, usedBytes, availableBytes, sizeBytes };
}
