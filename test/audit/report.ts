import type { AuditedService, AuditReport } from '../../src/model/audit.ts';
import type { AuditFacts } from '../../src/model/audit-facts.ts';

/** Every fact could be told, and there is little of it. */
export const plainFacts: AuditFacts = {
  hardware: {
    vendor: 'QEMU',
    product: 'Standard PC',
    virtualization: 'kvm',
    cpu: 'AMD EPYC',
    cpus: 4,
    memoryBytes: 16_000_000_000,
    swapBytes: 0,
    disks: [{ name: 'sda', sizeBytes: 500_000_000_000, rotational: false, model: 'SSD 870' }],
    gpus: [],
  },
  system: {
    hostname: 'clanker-001',
    machine: '0123456789abcdef',
    os: 'Debian GNU/Linux 12 (bookworm)',
    osId: 'debian',
    kernel: '6.1.0-30-amd64',
    architecture: 'x86_64',
    init: 'systemd 252',
    uptimeSeconds: 1000,
    timeService: 'systemd-timesyncd',
    timeSynchronized: true,
    clockSkewMs: 0,
  },
  network: {
    addresses: [{ interface: 'eth0', address: '192.168.1.7/24' }],
    listeners: [
      {
        ...{ protocol: 'tcp', address: '0.0.0.0', port: 22 },
        ...{ pid: 500, program: 'sshd', uid: 0, unit: 'ssh.service' },
      },
    ],
    firewall: 'ufw enabled',
  },
  mounts: [
    {
      ...{ mount: '/', device: '/dev/sda1', type: 'ext4', sizeBytes: 490_000_000_000 },
      ...{ availableBytes: 100_000_000_000, inodesUsedPercent: 4 },
    },
  ],
  units: { failed: [], timers: [], enabled: ['ssh.service'] },
  crontabs: [],
  containers: [],
  updates: {
    rebootRequired: false,
    pending: 0,
    runningKernel: '6.1.0-30-amd64',
    newestKernel: '6.1.0-30-amd64',
    automatic: true,
  },
  logins: {
    users: [{ name: 'joel', uid: 1000, shell: '/bin/bash', groups: ['sudo'] }],
    keys: [{ user: 'joel', fingerprint: 'SHA256:aaa', comment: 'joel@panda' }],
    passwordAuthentication: false,
    rootLogin: 'no',
  },
};

/** pdf-brain under systemd, well. */
export const plainService: AuditedService = {
  name: 'pdf-brain',
  declared: true,
  port: 3847,
  manager: {
    ...{ kind: 'systemd', name: 'pdf-brain.service', confidence: 'certain' },
    evidence: ['its cgroup is /system.slice/pdf-brain.service'],
  },
  survives: { reboot: true, crash: true, logout: true, why: { reboot: '', crash: '', logout: '' } },
  restart: 'sudo systemctl restart pdf-brain.service',
  stop: 'sudo systemctl stop pdf-brain.service',
  logs: 'journalctl -u pdf-brain.service',
  process: null,
  olderThanDisk: false,
  reached: { fromHost: true, fromHere: true, note: '' },
  documents: 12,
  dependencies: [],
};

/** An audit of clanker-001 in which nothing needs a look. */
export function reportOf(more: Partial<AuditReport> = {}): AuditReport {
  return {
    host: 'clanker-001',
    id: '20260218T090000Z-3fk2',
    at: '2026-02-18T09:00:00.000Z',
    script: 'f'.repeat(64),
    durationMs: 1200,
    cutOff: null,
    facts: plainFacts,
    services: [plainService],
    findings: [],
    unknowns: [],
    ...more,
  };
}

/** The plain facts with some of their groups, or some of a group's fields, told otherwise. */
export function factsWith(
  more: {
    readonly [Group in keyof AuditFacts]?: AuditFacts[Group] extends readonly unknown[] | null
      ? AuditFacts[Group]
      : Partial<AuditFacts[Group]>;
  },
): AuditFacts {
  const isGroup = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const groups = Object.entries(more).map(([name, told]) => {
    const plain = plainFacts[name as keyof AuditFacts];
    return [name, isGroup(told) && isGroup(plain) ? { ...plain, ...told } : told];
  });
  return { ...plainFacts, ...Object.fromEntries(groups) };
}
