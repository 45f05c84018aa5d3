import type { AuditFacts } from '../../model/audit-facts.ts';
import { toldBy } from '../collect/answers.ts';
import type { Collection } from '../collect/collect.ts';

/** What the answers tell of the host. */
export function factsOf({ answers, skewMs }: Collection): AuditFacts {
  return {
    hardware: {
      vendor: lineOf(toldBy(answers, 'vendor')),
      product: lineOf(toldBy(answers, 'product')),
      virtualization: lineOf(toldBy(answers, 'virtualization')),
      cpu: null,
      cpus: null,
      memoryBytes: null,
      swapBytes: null,
      disks: null,
      gpus: null,
    },
    system: {
      hostname: lineOf(toldBy(answers, 'hostname')),
      machine: null,
      os: null,
      osId: null,
      kernel: null,
      architecture: null,
      init: null,
      uptimeSeconds: null,
      timeService: null,
      timeSynchronized: null,
      clockSkewMs: skewMs,
    },
    network: { addresses: null, listeners: null, firewall: null },
    mounts: null,
    units: { failed: null, timers: null, enabled: null },
    crontabs: null,
    containers: null,
    updates: {
      rebootRequired: null,
      pending: null,
      runningKernel: null,
      newestKernel: null,
      automatic: null,
    },
    logins: { users: null, keys: null, passwordAuthentication: null, rootLogin: null },
  };
}

function lineOf(text: string | null): string | null {
  const line = text?.trim() ?? '';
  return line === '' ? null : line;
}
