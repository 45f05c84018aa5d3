import { describe, expect, it } from 'vitest';
import { compareAudits } from '../../../src/audit/compare/compare-audits.ts';
import type { AuditReport } from '../../../src/model/audit.ts';
import type { AuditFacts, Listener } from '../../../src/model/audit-facts.ts';
import { factsWith, plainFacts, plainService, reportOf } from '../report.ts';

const listener = (more: Partial<Listener>): Listener => ({
  ...{ protocol: 'tcp', address: '0.0.0.0', port: 80, pid: 9, program: 'nginx' },
  ...{ uid: 0, unit: 'nginx.service', ...more },
});

function against(after: Partial<AuditReport>, before: Partial<AuditReport> = {}) {
  const diff = compareAudits(reportOf(before), reportOf(after));
  return {
    ...diff,
    told: diff.changes.map(({ what, id, before: was, after: is, severity }) =>
      [what, id, was, is, severity].join(' | '),
    ),
    open: diff.unknowns.map(({ id, why }) => `${id}: ${why}`),
  };
}

const facts = (more: Parameters<typeof factsWith>[0]): { facts: AuditFacts } => ({
  facts: factsWith(more),
});
const [ssh] = plainFacts.network.listeners ?? [];
const [root] = plainFacts.mounts ?? [];
if (!ssh || !root) throw new Error('the plain facts have both');

describe('an audit beside the accepted one', () => {
  it('is the same where nothing differs', () => {
    const diff = against({ id: '20260301T090000Z-aaaa', at: '2026-03-01T09:00:00.000Z' });
    expect(diff).toMatchObject({ verdict: 'same', changes: [], unknowns: [], untold: [] });
    expect(diff.newest).toEqual({ id: '20260301T090000Z-aaaa', at: '2026-03-01T09:00:00.000Z' });
  });

  it('says nothing of what moves by itself', () => {
    const moved = facts({
      system: { uptimeSeconds: 5, clockSkewMs: 2000, timeSynchronized: null },
      hardware: { memoryBytes: 15_900_000_000 },
      mounts: [{ ...root, device: '/dev/sdb1', availableBytes: 1, inodesUsedPercent: 99 }],
      network: {
        listeners: [
          { ...ssh, pid: 777 },
          listener({ protocol: 'udp', port: 51_000, program: 'resolver', unit: null }),
        ],
      },
      updates: { pending: 40, rebootRequired: true, newestKernel: '7' },
    });
    const services = [{ ...plainService, documents: 99, olderThanDisk: true }];
    expect(against({ ...moved, services }).verdict).toBe('same');
  });

  it('knows a passing port by who has it', () => {
    const at = (port: number, program: string | null) =>
      facts({
        network: { listeners: [ssh, listener({ port, program, unit: null, uid: 7 })] },
      });
    expect(against(at(40_001, 'tailscaled'), at(51_234, 'tailscaled')).verdict).toBe('same');
    expect(against(at(40_001, 'nc'), at(40_001, 'tailscaled')).told).toEqual([
      'added | listener/tcp/0.0.0.0:any port of nc |  | nc | warning',
      'gone | listener/tcp/0.0.0.0:any port of tailscaled | tailscaled |  | info',
    ]);
    const declared = [{ ...plainService, port: 40_001 }];
    expect(against({ ...at(40_001, 'nc'), services: declared }).told).toEqual([
      'added | listener/tcp/0.0.0.0:40001 |  | nc | warning',
    ]);
  });

  it.each<readonly [string, Partial<AuditReport>, readonly string[]]>([
    [
      'a new listener, near and far',
      facts({
        network: {
          listeners: [ssh, listener({}), listener({ address: '127.0.0.1', port: 81 })],
        },
      }),
      [
        'added | listener/tcp/0.0.0.0:80 |  | nginx.service | warning',
        'added | listener/tcp/127.0.0.1:81 |  | nginx.service | info',
      ],
    ],
    [
      'a listener that is gone',
      facts({ network: { listeners: [] } }),
      ['gone | listener/tcp/0.0.0.0:22 | ssh.service |  | info'],
    ],
    [
      'another program on the same port',
      facts({ network: { listeners: [{ ...ssh, program: 'nc', unit: null }] } }),
      ['changed | listener/tcp/0.0.0.0:22 | ssh.service | nc | warning'],
    ],
    [
      'another manager',
      {
        services: [
          {
            ...plainService,
            manager: { kind: 'screen', name: '812.pdf', confidence: 'certain', evidence: [] },
          },
        ],
      },
      ['changed | manager/pdf-brain | systemd pdf-brain.service | screen pdf | warning'],
    ],
    [
      'a service that no longer comes back',
      {
        services: [{ ...plainService, survives: { ...plainService.survives, reboot: false } }],
      },
      ['changed | reboot/pdf-brain | yes | no | warning'],
    ],
    [
      'a new cron entry',
      facts({
        crontabs: [
          { source: '/etc/cron.d/x', user: 'root', schedule: '@reboot', command: '/bin/x' },
        ],
      }),
      ['added | cron//etc/cron.d/x/root//bin/x |  | @reboot | warning'],
    ],
    [
      'a new timer',
      facts({
        units: {
          timers: [{ unit: 'b.timer', starts: 'b.service', user: false, active: true }],
        },
      }),
      ['added | timer/b.timer |  | starts b.service | warning'],
    ],
    [
      'a disk that is gone',
      facts({ hardware: { disks: [] } }),
      ['gone | disk/sda | SSD 870 500.00 GB |  | critical'],
    ],
    [
      'a disk that has shrunk',
      facts({
        hardware: {
          disks: [{ name: 'sda', sizeBytes: 4e11, rotational: false, model: 'SSD 870' }],
        },
      }),
      ['changed | disk/sda | SSD 870 500.00 GB | SSD 870 400.00 GB | critical'],
    ],
    ['a mount that is gone', facts({ mounts: [] }), ['gone | mount// | ext4 |  | critical']],
    [
      'a mount that has shrunk',
      facts({ mounts: [{ ...root, sizeBytes: 4e11 }] }),
      ['changed | mount-size// | 490.00 GB | 400.00 GB | critical'],
    ],
    [
      'units that are enabled, disabled, failed',
      facts({ units: { enabled: ['a.service'], failed: ['c.service', 'user@1000.service'] } }),
      [
        'added | unit/enabled/a.service |  | enabled | warning',
        'gone | unit/enabled/ssh.service | enabled |  | warning',
        'added | unit/failed/c.service |  | failed | warning',
      ],
    ],
    [
      'who may log in, and by what key',
      facts({
        logins: {
          users: [
            { name: 'eve', uid: 0, shell: '/bin/sh', groups: [] },
            { name: 'joel', uid: 1000, shell: '/bin/bash', groups: ['sudo'] },
          ],
          keys: [
            { user: 'joel', fingerprint: 'SHA256:aaa', comment: 'renamed' },
            { user: 'joel', fingerprint: 'SHA256:eee', comment: '' },
          ],
          passwordAuthentication: true,
          rootLogin: 'yes',
        },
      }),
      [
        'added | key/joel/SHA256:eee |  | SHA256:eee | critical',
        'changed | sshd/passwords | no | yes | critical',
        'changed | sshd/root | no | yes | critical',
        'added | user/eve |  | uid 0, /bin/sh | critical',
      ],
    ],
    [
      'another system on another machine',
      facts({
        system: { os: 'Debian GNU/Linux 13 (trixie)', kernel: '6.12.0', machine: 'ffff' },
      }),
      [
        'changed | machine/id | 0123456789abcdef | ffff | critical',
        'changed | system/kernel | 6.1.0-30-amd64 | 6.12.0 | info',
        'changed | system/os | Debian GNU/Linux 12 (bookworm) | Debian GNU/Linux 13 (trixie) | info',
      ],
    ],
    [
      'a container',
      facts({
        containers: [
          {
            ...{ engine: 'docker', id: 'ab', name: 'qdrant', image: 'qdrant:1' },
            ...{ running: true, restartPolicy: 'always' },
          },
        ],
      }),
      ['added | container/docker/qdrant |  | running qdrant:1, restart always | warning'],
    ],
    [
      'another address',
      facts({ network: { addresses: [{ interface: 'eth0', address: '192.168.1.9/24' }] } }),
      ['changed | address/eth0/ipv4 | 192.168.1.7/24 | 192.168.1.9/24 | warning'],
    ],
    [
      'a firewall that is off',
      facts({ network: { firewall: 'ufw disabled' } }),
      ['changed | firewall | ufw enabled | ufw disabled | critical'],
    ],
  ])('tells %s', (_, after, told) => {
    const diff = against(after);
    expect(diff.told).toEqual(told);
    expect(diff.verdict).toBe('differs');
    // The other way round something differs too, and by the same ids.
    const back = compareAudits(reportOf(after), reportOf());
    expect(back.changes.map(({ id }) => id).toSorted()).toEqual(
      diff.changes.map(({ id }) => id).toSorted(),
    );
  });

  it('knows disks that have only changed their names', () => {
    const disk = (name: string, model: string) => ({
      ...{ name, sizeBytes: 1e12, rotational: true, model },
    });
    const old = facts({ hardware: { disks: [disk('sda', 'A'), disk('sdb', 'B')] } });
    const now = facts({ hardware: { disks: [disk('sda', 'B'), disk('sdb', 'A')] } });
    expect(against(now, old).verdict).toBe('same');
    const swapped = facts({ hardware: { disks: [disk('sda', 'B'), disk('sdb', 'C')] } });
    expect(against(swapped, old).told).toEqual([
      'gone | disk/sda | A 1.00 TB |  | critical',
      'added | disk/sdb (new) |  | C 1.00 TB | info',
    ]);
  });

  it('takes the day’s own address for no change, and another network for one', () => {
    const at = (address: string) =>
      facts({ network: { addresses: [{ interface: 'eth0', address }] } });
    expect(against(at('2001:db8:1:2:9:9:9:9/64'), at('2001:db8:1:2::1/64')).verdict).toBe('same');
    expect(against(at('2001:db8:1:3::1/64'), at('2001:db8:1:2::1/64')).verdict).toBe('differs');
  });
});

describe('what could not be told', () => {
  const hidden = facts({ network: { listeners: null } });
  it('is unknown where one of both could tell, and neither a change nor the same', () => {
    expect(against(hidden)).toMatchObject({
      ...{ verdict: 'unknown', changes: [] },
      open: ['listeners: the newest audit could not tell'],
    });
    expect(against({}, hidden)).toMatchObject({
      ...{ verdict: 'unknown', changes: [] },
      open: ['listeners: the accepted audit could not tell'],
    });
  });

  it('is named where neither could', () => {
    expect(against(hidden, hidden)).toMatchObject({
      ...{ verdict: 'same', unknowns: [], untold: ['what listens'] },
    });
  });

  it('is nothing gone, where a probe was cut off', () => {
    const cut = {
      ...facts({ network: { listeners: [listener({})] } }),
      unknowns: [{ probe: 'listeners', why: 'cut-off', words: '' } as const],
    };
    const why = '(listeners: cut-off)';
    const later = against(cut);
    expect(later.told).toEqual(['added | listener/tcp/0.0.0.0:80 |  | nginx.service | warning']);
    expect(later.open).toEqual([`listeners: the newest audit could not tell all of it ${why}`]);
    const before = against({}, cut);
    expect(before.told).toEqual(['gone | listener/tcp/0.0.0.0:80 | nginx.service |  | info']);
    expect(before.open).toEqual([`listeners: the accepted audit could not tell all of it ${why}`]);
  });

  it('is nothing gone of a look that did not come to its end', () => {
    const cutOff = { code: 'protocol', side: 'target', message: 'its answer was cut off' } as const;
    const diff = against({ ...facts({ logins: { keys: [] } }), cutOff });
    expect(diff.told).toEqual([]);
    expect(diff.open).toContain(
      'keys: the newest audit could not tell all of it (the whole: cut-off)',
    );
  });

  it('compares what anybody sees where both times root was needed for more', () => {
    const unknowns = [{ probe: 'crontabs', why: 'needs-root', words: '' } as const];
    expect(against({ unknowns }, { unknowns })).toMatchObject({
      ...{ verdict: 'same', untold: ['crontabs: what needs root'] },
    });
    expect(against({ unknowns }).verdict).toBe('unknown');
  });

  it('is who has a port, where that is hidden in one of both', () => {
    const owner = facts({ network: { listeners: [{ ...ssh, program: null, unit: null }] } });
    expect(against(owner)).toMatchObject({
      ...{ verdict: 'unknown', changes: [] },
      open: ['listener/tcp/0.0.0.0:22: the newest audit could not tell how it is'],
    });
  });

  it('is a manager that is guessed', () => {
    const manager = { kind: 'nohup', name: null, confidence: 'guess', evidence: [] } as const;
    expect(against({ services: [{ ...plainService, manager }] })).toMatchObject({
      ...{ verdict: 'unknown', changes: [] },
      open: ['manager/pdf-brain: the newest audit could not tell'],
    });
  });
});

it('says the same bytes whatever the order in which a host tells', () => {
  const listeners = [ssh, listener({}), listener({ port: 443 }), listener({ port: 25 })];
  const one = against(facts({ network: { listeners } }));
  const other = against(facts({ network: { listeners: listeners.toReversed() } }));
  expect(JSON.stringify(other)).toBe(JSON.stringify(one));
});
