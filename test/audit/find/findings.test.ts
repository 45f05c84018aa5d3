import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../src/audit/find/findings.ts';
import type { AuditedService, AuditReport, Finding } from '../../../src/model/audit.ts';
import { faultOf } from '../../../src/model/fault.ts';
import { factsWith, plainService, reportOf } from '../report.ts';

const found = (more: Partial<AuditReport>): readonly Finding[] => findingsOf(reportOf(more));
const ids = (more: Partial<AuditReport>): readonly string[] =>
  found(more).map(({ id, severity }) => `${severity} ${id}`);
const service = (more: Partial<AuditedService>) => ({ services: [{ ...plainService, ...more }] });
const facts = (more: Parameters<typeof factsWith>[0]) => ({ facts: factsWith(more) });
const manager = (kind: AuditedService['manager']['kind']) => ({
  ...{ kind, name: 'x', confidence: 'certain' as const },
  evidence: ['its ancestor is x'],
});
const survives = (reboot: boolean | null, crash: boolean | null, logout: boolean | null) => ({
  ...{ reboot, crash, logout },
  why: { reboot: 'not enabled', crash: 'Restart=no', logout: 'no linger' },
});
const listener = {
  ...{ protocol: 'tcp' as const, address: '0.0.0.0', port: 3847 },
  ...{ pid: 5, program: 'node', uid: 1000, unit: null },
};
const listens = (more: Partial<typeof listener>) =>
  facts({ network: { listeners: [{ ...listener, ...more }], firewall: null } });
const gb = 1024 ** 3;
const mount = { mount: '/', device: '/dev/sda1', type: 'ext4', inodesUsedPercent: 4 };

it('finds nothing in a host that is well', () => {
  expect(found({})).toEqual([]);
});

describe('a service of the inventory', () => {
  it.each([
    ['screen', ['warning manual-service/pdf-brain']],
    ['tmux', ['warning manual-service/pdf-brain']],
    ['nohup', ['warning manual-service/pdf-brain']],
    ['session', ['warning manual-service/pdf-brain']],
    ['unknown', ['unknown unknown-manager/pdf-brain']],
    ['cron', []],
  ] as const)('that is run by %s', (kind, told) => {
    expect(ids(service({ manager: manager(kind) }))).toEqual(told);
  });

  it('that was started by hand is one finding, with its evidence and what to do', () => {
    expect(
      found(service({ manager: manager('screen'), survives: survives(false, false, true) })),
    ).toEqual([
      {
        id: 'manual-service/pdf-brain',
        severity: 'critical',
        title: 'pdf-brain was started by hand (screen x): a reboot ends it',
        evidence: 'its ancestor is x; not enabled',
        remedy: 'give it a unit: joelclaw audit clanker-001 --adopt pdf-brain',
      },
    ]);
  });

  it.each([
    [survives(false, false, false), 'critical', 'a reboot ends it; not enabled'],
    [survives(true, false, false), 'critical', 'the end of its login ends it; no linger'],
    [
      survives(null, false, true),
      'warning',
      'whether a reboot ends it could not be told; not enabled',
    ],
    [survives(true, false, true), 'warning', 'nothing starts it anew when it crashes; Restart=no'],
    [survives(true, null, true), 'warning', 'no unit keeps it; not enabled'],
  ])('that was started by hand, and survives %j', (told, severity, words) => {
    const [one] = found(service({ manager: manager('tmux'), survives: told }));
    const said = `${one?.title.split('): ')[1]}; ${one?.evidence.split('; ')[1]}`;
    expect([one?.severity, said]).toEqual([severity, words]);
  });

  it.each([
    [survives(false, true, true), ['critical not-after-reboot/pdf-brain']],
    [survives(true, false, true), ['warning not-after-crash/pdf-brain']],
    [survives(true, true, false), ['critical not-after-logout/pdf-brain']],
    [survives(null, true, null), ['unknown survival-unknown/pdf-brain']],
  ])('that survives %j', (told, expected) => {
    expect(ids(service({ survives: told }))).toEqual(expected);
  });

  it.each([
    ['dead', { fromHost: false, fromHere: false }, '', ['critical not-answering/pdf-brain']],
    [
      'not there at all',
      { fromHost: null, fromHere: false },
      'none',
      ['critical not-answering/pdf-brain'],
    ],
    ['not seen there, and answers here', { fromHost: false, fromHere: true }, '', []],
    [
      'bound to loopback',
      { fromHost: true, fromHere: false },
      '127.0.0.1',
      ['warning loopback-only/pdf-brain'],
    ],
    [
      'behind a firewall',
      { fromHost: true, fromHere: false },
      '0.0.0.0',
      ['warning blocked/pdf-brain'],
    ],
    [
      'listening, and not asked there',
      { fromHost: null, fromHere: false },
      '::',
      ['warning blocked/pdf-brain'],
    ],
    ['a riddle', { fromHost: null, fromHere: false }, '', ['unknown not-reached/pdf-brain']],
    ['well', { fromHost: true, fromHere: null }, '0.0.0.0', []],
  ] as const)('that is %s', (_, reached, address, expected) => {
    const listeners = address === '' ? null : address === 'none' ? [] : [{ ...listener, address }];
    const told = ids({
      ...service({ reached: { ...reached, note: '' } }),
      ...facts({ network: { listeners } }),
    });
    expect(told).toEqual(expected);
  });

  it('that runs old code, or as root outside a container', () => {
    const process = {
      ...{ pid: 1, user: 'root', command: ['/usr/bin/node'], workingDirectory: null },
      ...{ executable: '/usr/bin/node (deleted)', environment: [], startedAt: null },
    };
    expect(ids(service({ olderThanDisk: true, process }))).toEqual([
      'warning old-code/pdf-brain',
      'warning runs-as-root/pdf-brain',
    ]);
    expect(ids(service({ process, manager: manager('docker') }))).toEqual([]);
    expect(ids(service({ process, declared: false, manager: manager('screen') }))).toEqual([]);
  });
});

describe('what else is found', () => {
  it.each([
    [
      'an unknown server',
      listens({ port: 5432, program: 'postgres' }),
      ['warning undeclared-listener/tcp/5432'],
    ],
    ['a server of the inventory', listens({}), []],
    ['sshd at another port', listens({ port: 2222, program: 'sshd' }), []],
    ['a server of its own host', listens({ port: 5432, address: '127.0.0.1' }), []],
    [
      'a failed unit',
      facts({ units: { failed: ['x.service'] } }),
      ['warning failed-unit/x.service'],
    ],
    [
      'units in trouble',
      facts({
        units: {
          troubled: [
            { unit: 'a.service', user: false, trouble: 'looping' },
            { unit: 'b.service', user: true, trouble: 'changed' },
            { unit: 'c.service', user: false, trouble: 'starting' },
          ],
        },
      }),
      [
        'critical crash-loop/a.service',
        'warning changed-unit/user/b.service',
        'info starting-unit/c.service',
      ],
    ],
    [
      'a full disk',
      facts({ mounts: [{ ...mount, sizeBytes: 100 * gb, availableBytes: 2 * gb }] }),
      ['critical disk-full//'],
    ],
    [
      'a disk that fills',
      facts({ mounts: [{ ...mount, sizeBytes: 100 * gb, availableBytes: 8 * gb }] }),
      ['warning disk-full//'],
    ],
    [
      'a disk of which much is kept for root, as df counts',
      facts({
        mounts: [{ ...mount, sizeBytes: 100 * gb, availableBytes: 2 * gb, usedPercent: 31 }],
      }),
      [],
    ],
    [
      'a large disk with much left',
      facts({ mounts: [{ ...mount, sizeBytes: 64_000 * gb, availableBytes: 3000 * gb }] }),
      [],
    ],
    [
      'no inodes',
      facts({ mounts: [{ ...mount, inodesUsedPercent: 98, sizeBytes: gb, availableBytes: gb }] }),
      ['critical inodes-full//'],
    ],
    [
      'a mount that did not answer',
      facts({
        mounts: [
          { ...mount, sizeBytes: gb, availableBytes: gb },
          { ...mount, mount: '/x', sizeBytes: null, availableBytes: null },
        ],
      }),
      ['unknown silent-mount//x'],
    ],
    ['little memory', facts({ hardware: { memoryBytes: 2 * gb, swapBytes: 0 } }), ['info no-swap']],
    ['a mark to reboot', facts({ updates: { rebootRequired: true } }), ['warning reboot-required']],
    [
      'a newer kernel',
      facts({ updates: { newestKernel: '6.1.0-31-amd64' } }),
      ['warning reboot-required'],
    ],
    ['updates', facts({ updates: { pending: 12 } }), ['info updates-pending']],
    [
      'updates by hand',
      facts({ updates: { pending: 12, automatic: false } }),
      ['warning updates-not-automatic', 'warning updates-pending'],
    ],
    ['no time', facts({ system: { timeSynchronized: false } }), ['warning time-not-synchronized']],
    ['a clock that is off', facts({ system: { clockSkewMs: -7000 } }), ['warning clock-skew']],
    [
      'a clock that is far off',
      facts({ system: { clockSkewMs: 70_000 } }),
      ['critical clock-skew'],
    ],
    ['passwords', facts({ logins: { passwordAuthentication: true } }), ['warning password-login']],
    [
      'root with a password',
      facts({ logins: { passwordAuthentication: true, rootLogin: 'yes' } }),
      ['critical root-login', 'warning password-login'],
    ],
    [
      'root with a key',
      facts({
        logins: {
          rootLogin: 'prohibit-password',
          keys: [{ user: 'root', fingerprint: 'f', comment: 'c' }],
        },
      }),
      ['info root-login'],
    ],
    [
      'a second root',
      facts({ logins: { users: [{ name: 'toor', uid: 0, shell: '/bin/sh', groups: [] }] } }),
      ['critical uid-0/toor'],
    ],
    [
      'the group docker',
      facts({ logins: { users: [{ name: 'ann', uid: 7, shell: '/bin/sh', groups: ['docker'] }] } }),
      ['warning docker-group/ann'],
    ],
    [
      'a nameless key',
      facts({ logins: { keys: [{ user: 'joel', fingerprint: 'SHA256:q', comment: '' }] } }),
      ['info key-without-comment/joel/SHA256:q'],
    ],
    ['a crontab for all', facts({ writable: ['/etc/crontab'] }), ['critical writable/etc/crontab']],
    [
      'root runs what is a user’s',
      facts({
        crontabs: [
          {
            source: '/etc/crontab',
            user: 'root',
            schedule: '@daily',
            command: 'sh /home/joel/x.sh',
          },
        ],
      }),
      ['warning foreign-cron/home/joel/x.sh'],
    ],
    [
      'a user runs what is theirs',
      facts({
        crontabs: [
          { source: 'crontab', user: 'joel', schedule: '@daily', command: '/home/joel/x.sh' },
        ],
      }),
      [],
    ],
    [
      'a container that stays away',
      facts({
        containers: [
          {
            engine: 'docker',
            id: 'a'.repeat(64),
            name: 'db',
            image: null,
            running: true,
            restartPolicy: 'no',
          },
        ],
      }),
      ['warning container-no-restart/db'],
    ],
  ] as const)('%s', (_, more, expected) => {
    expect(ids(more as Partial<AuditReport>)).toEqual(expected);
  });

  it('calls what systemd holds for another by its socket', () => {
    const { manager: of, ...rest } = plainService;
    const socket = { ...rest, name: 'x', declared: false, port: 3999 };
    const services = [{ ...socket, manager: { ...of, name: 'x.socket' } }];
    const more = listens({ port: 3999, program: 'systemd', unit: 'init.scope' } as object);
    expect(found({ services, ...more })[0]?.title).toMatch(/^x\.socket listens on every address/);
  });

  it.each([
    ['systemd 252', 'Debian', 'give it a unit: joelclaw audit clanker-001 --adopt pdf-brain'],
    [null, 'Darwin', 'keep it by launchd: a LaunchDaemon with KeepAlive'],
    ['busybox init', 'Linux', 'have what starts that host start it'],
  ])('says what keeps a service on a host of %s and %s', (init, os, remedy) => {
    const system = { system: { init, os, kernel: os } };
    const [one] = found({ ...service({ manager: manager('nohup') }), ...facts(system) });
    expect(one?.remedy).toBe(remedy);
  });

  it.each([
    ['systemd', survives(false, true, true), 'sudo systemctl enable x'],
    ['systemd-user', survives(true, true, false), 'sudo loginctl enable-linger joel'],
    ['docker', survives(true, false, true), 'docker update --restart unless-stopped x'],
  ] as const)('names what a remedy for %s is for', (kind, told, remedy) => {
    const process = {
      ...{ pid: 1, user: 'joel', command: ['x'], workingDirectory: null, environment: [] },
      ...{ startedAt: null, executable: null },
    };
    const [one] = found(service({ manager: manager(kind), survives: told, process }));
    expect(one?.remedy).toBe(remedy);
  });

  it('does not ask for root where nothing was hidden', () => {
    const process = {
      ...{ pid: 1, user: 'joel', command: ['x'], workingDirectory: null, environment: [] },
      ...{ startedAt: null, executable: '/usr/bin/x' as string | null },
    };
    const remedyOf = (executable: string | null) =>
      found(service({ manager: manager('unknown'), process: { ...process, executable } }))[0]
        ?.remedy;
    expect(remedyOf(null)).toBe('look as root, or find out what starts it');
    expect(remedyOf('/usr/bin/x')).toMatch(/^find out what starts it/);
  });

  it('that does not run has its evidence once', () => {
    const note = 'nothing listens on 3847: it does not run';
    const dead = service({ reached: { fromHost: false, fromHere: false, note } });
    const [one] = found({ ...dead, ...facts({ network: { listeners: [] } }) });
    expect([one?.id, one?.evidence]).toEqual(['not-answering/pdf-brain', note]);
  });

  it('does not send root to root, nor him who has not looked to the end', () => {
    const remedyOf = (told: readonly string[], cutOff: AuditReport['cutOff'] = null) =>
      found({
        cutOff,
        ...service({ manager: { ...manager('unknown'), evidence: told }, process: null }),
      }).find(({ id }) => id === 'unknown-manager/pdf-brain')?.remedy;
    const again = 'joelclaw audit clanker-001, once more';
    expect(remedyOf([], faultOf('timeout', 'late'))).toBe(again);
    expect(remedyOf(['its process was not looked at'])).toBe('look once more');
    expect(remedyOf(['owner hidden even from root, uid 0 (root)'])).toBe(
      'look on the machine that its container runs on',
    );
    expect(remedyOf(['owner hidden, uid 0 (root)'])).toMatch(/^look as root/);
  });

  it('is what could not be told, one for each reason; what a host does without is none', () => {
    const unknowns = [
      { probe: 'sshd', why: 'needs-root', words: 'Permission denied' },
      { probe: 'docker', why: 'needs-root', words: 'permission denied' },
      { probe: 'space', why: 'timed-out', words: '' },
      { probe: 'crontab', why: 'tool-missing', words: 'crontab' },
      { probe: 'services', why: 'tool-missing', words: 'systemctl' },
    ] as const;
    expect(found({ unknowns }).map(({ id, evidence }) => `${id}: ${evidence}`)).toEqual([
      'not-told/needs-root: docker, sshd',
      'not-told/timed-out: space',
    ]);
    const cutOff = faultOf('timeout', 'no answer within 30 s');
    const cut = [{ probe: 'space', why: 'cut-off', words: '' }] as const;
    expect(
      found({ cutOff, unknowns: cut }).map(({ id, evidence }) => `${id}: ${evidence}`),
    ).toEqual(['cut-off: no answer within 30 s, at space']);
  });

  it('stands worst first, then by its id, each once', () => {
    const more = {
      ...facts({
        system: { timeSynchronized: false, clockSkewMs: 1e9 },
        units: { failed: ['b.service', 'a.service', 'a.service'] },
        hardware: { memoryBytes: gb, swapBytes: 0 },
      }),
      unknowns: [{ probe: 'x', why: 'needs-root', words: '' }] as const,
    };
    expect(ids(more)).toEqual([
      'critical clock-skew',
      'warning failed-unit/a.service',
      'warning failed-unit/b.service',
      'warning time-not-synchronized',
      'unknown not-told/needs-root',
      'info no-swap',
    ]);
  });

  it('says nothing for sure that follows of what a look has not seen', () => {
    const why = { reboot: 'nothing starts it at boot', crash: '', logout: '' };
    const survives = { reboot: false, crash: null, logout: null, why };
    const manual = service({ manager: manager('session'), survives });
    expect(ids(manual)).toEqual(['critical manual-service/pdf-brain']);
    expect(ids({ ...manual, cutOff: faultOf('timeout', 'late') })).toEqual([
      'critical cut-off',
      'unknown manual-service/pdf-brain',
    ]);
    const dead = { reached: { fromHost: false, fromHere: false, note: '' } };
    const none = facts({ network: { listeners: [] } });
    for (const probe of ['services', 'crontab', 'process-7', 'listeners']) {
      const unknowns = [{ probe, why: 'timed-out', words: '' }] as const;
      const told = [
        ...found({ ...manual, unknowns }),
        ...found({ ...service(dead), ...none, unknowns }),
      ];
      expect(told.filter(({ severity }) => severity === 'critical')).toEqual([]);
      expect(told[0]?.evidence).toContain(`not seen: ${probe}`);
    }
    const unknowns = [{ probe: 'cpu', why: 'timed-out', words: '' }] as const;
    expect(ids({ ...manual, unknowns })).toContain('critical manual-service/pdf-brain');
  });

  it('sends nobody to root who is root, nor to systemd where there is none', () => {
    const refused = [
      { probe: 'environment-1', why: 'needs-root', words: 'refused even to root: x' },
    ] as const;
    const [even] = found({ unknowns: refused });
    expect(even).toMatchObject({ id: 'not-told/kept-from-root', severity: 'unknown' });
    expect(even?.remedy).not.toContain('log in as root');
    const [clock] = found(facts({ system: { timeSynchronized: false, init: 'busybox' } }));
    expect(clock?.remedy).toBe('have ntpd or chronyd started at its boot');
  });

  it('says the same of a disk whose last bytes come and go', () => {
    const at = (availableBytes: number) =>
      found(facts({ mounts: [{ ...mount, sizeBytes: 100 * gb, availableBytes }] }));
    expect(at(8 * gb)).toEqual(at(8.4 * gb));
  });
});
