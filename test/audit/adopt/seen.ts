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
