import type { CloseLook } from '../../../src/audit/adopt/close-look.ts';
import type { SeenProcess } from '../../../src/model/adoption.ts';
import type { AuditedService, AuditReport, ManagerKind } from '../../../src/model/audit.ts';

/** What an audit says of pdf-brain: run by this manager, under this name, as this process. */
export function reportOf(kind: ManagerKind, name: string | null, pid: number | null): AuditReport {
  return { services: [seenOf(kind, name, pid)] } as unknown as AuditReport;
}

export function seenOf(kind: ManagerKind, name: string | null, pid: number | null): AuditedService {
  const process = {
    ...{ pid: pid ?? 0, user: 'joel', command: [], workingDirectory: null, executable: null },
    ...{ environment: [], startedAt: null },
  };
  return {
    ...{ name: 'pdf-brain', declared: true, port: 3847 },
    manager: { kind, name, confidence: 'certain', evidence: [] },
    survives: {
      ...{ reboot: null, crash: null, logout: null },
      why: { reboot: '', crash: '', logout: '' },
    },
    ...{ restart: null, stop: null, logs: null, olderThanDisk: null, documents: null },
    process: pid === null ? null : process,
    reached: { fromHost: null, fromHere: null, note: '' },
    dependencies: [],
  };
}

interface More extends Partial<Omit<CloseLook, 'process'>> {
  readonly process?: Partial<SeenProcess>;
}

/** A server of Node that was looked at closely. */
export function lookOf({ process = {}, ...more }: More = {}): CloseLook {
  return {
    process: {
      ...{ pid: 4000, startTicks: '1234', bootId: 'b', uid: 1000, user: 'joel', output: null },
      argv: ['node', 'server.js', '--port', '3847'],
      ...{ executable: '/usr/bin/node', workingDirectory: '/srv/app', ...process },
    },
    ...{ home: '/home/joel', program: null, environment: [], writes: [], parents: [] },
    ...{ crontab: [], files: [], supervisor: [], peakBytes: 1e8, threads: 12 },
    ...{ askingUid: 0, askingHome: '/root', ...more },
  };
}
