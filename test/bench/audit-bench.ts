import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../src/model/inventory.ts';
import { startDebianHost } from '../support/debian-host/index.ts';
import { startSshd } from '../support/sshd-server.ts';
import type { AuditCost } from './audit-child.ts';
import { atMost, type Bench, type Figure, type Unit } from './bench.ts';
import { median } from './median.ts';
import type { Staged } from './staged.ts';
import { timedRun } from './timed-run.ts';

const rounds = 5;
const floods = {
  'a gigabyte of one line': `head -c 1000000000 /dev/zero | tr '\\0' x`,
  'lines of a byte': `yes | head -c 1000000000`,
  'probes without end': `i=0; while :; do i=$((i + 1)); echo "@@BEGIN a$i"; echo "|x"; done`,
};

/** A real Debian host looked into, and hosts that say more than anybody would read. */
export const auditBench: Bench = {
  name: 'audit',
  needs: ['debian', 'sshd'],
  measure: async (staged) => [
    ...(await ofDebian(staged)),
    ...(await Promise.all(Object.entries(floods).map((one) => ofFlood(staged, one)))),
  ],
};

async function ofDebian(staged: Staged): Promise<readonly Figure[]> {
  const box = await startDebianHost();
  const { address, keyFile, knownHosts, stop } = box;
  try {
    const place = { host: address, port: 22, user: 'joel', identityFile: keyFile };
    const ssh = { ...place, knownHosts: [knownHosts], proxyJump: null, client: 'ssh2' as const };
    const costs: AuditCost[] = [];
    for (let round = 0; round < rounds; round++) costs.push(await costOf(staged, ssh));
    const of = (read: (cost: AuditCost) => number) => median(costs.map(read));
    const whole = `${costs.filter(({ isWhole }) => isWhole).length} of ${rounds} were whole`;
    return [
      {
        ...figure(
          'audit of a Debian host',
          of(({ ms }) => ms),
          'ms',
          5000,
        ),
        notes: [whole],
      },
      figure(
        '  its connections',
        of(({ connections }) => connections),
        '',
        1,
      ),
      figure(
        '  memory here',
        of(({ grownBytes }) => grownBytes / 2 ** 20),
        'MB',
        20,
      ),
    ];
  } finally {
    await stop();
  }
}

async function ofFlood(staged: Staged, [name, program]: readonly [string, string]) {
  const sshd = await startSshd([], async (folder) => {
    const first = `case $SSH_ORIGINAL_COMMAND in *"'true'"*) exit 0 ;; esac`;
    await writeFile(
      join(folder, 'forced'),
      `#!/bin/sh\n${first}\nprintf "@@BEGIN id\\n|x\\n!@@RC 0\\n@@END id\\n"\n${program}\n`,
      { mode: 0o755 },
    );
    return [`ForceCommand ${folder}/forced`];
  });
  try {
    const { grownBytes } = await costOf(staged, sshd.host().ssh);
    return figure(`memory here, a host says ${name}`, grownBytes / 2 ** 20, 'MB', 20);
  } finally {
    await sshd.stop();
  }
}

function figure(name: string, value: number, unit: Unit, limit: number): Figure {
  const ours = { value, unit };
  return { name, ours, n: 1, versus: null, goal: atMost(ours, limit) };
}

async function costOf({ node }: Staged, ssh: Host['ssh']): Promise<AuditCost> {
  const child = fileURLToPath(new URL('./audit-child.ts', import.meta.url));
  const host = { name: 'box', description: '', access: 'ssh', ssh, hostname: null, disks: [] };
  const text = JSON.stringify({ ...host, tailscale: null });
  return JSON.parse((await timedRun([node, '--expose-gc', child, text])).stdout) as AuditCost;
}
