import { describe, expect, it } from 'vitest';
import { bootEntryOf } from '../../../src/audit/adopt/boot-entry.ts';
import { migrationOf } from '../../../src/audit/adopt/migration.ts';
import { whyNotAdopted } from '../../../src/audit/adopt/proposal.ts';
import type { Adoption, BootEntry, OldManager } from '../../../src/model/adoption.ts';
import { lookOf, seenOf } from './seen.ts';

const stepsOf = (kind: OldManager, name: string | null, boot: BootEntry | null = null) => {
  const { process } = lookOf();
  const adoption = {
    manager: { kind, name },
    process,
    boot,
    unit: 'pdf-brain.service',
    port: 3847,
  };
  return migrationOf(adoption as Adoption).map(({ command, undo }) => `${command} | ${undo}`);
};

const rest = [
  'install pdf-brain.service /etc/systemd/system/ && systemctl daemon-reload | rm /etc/systemd/system/pdf-brain.service && systemctl daemon-reload',
  'systemctl enable --now pdf-brain.service | systemctl disable --now pdf-brain.service',
  'curl http://127.0.0.1:3847/ | all of the above, from the end',
];
const node = 'node server.js --port 3847';
const line = '@reboot cd /srv/app && node server.js';

describe('how an old manager is left', () => {
  const table: readonly (readonly [
    OldManager,
    string | null,
    BootEntry | null,
    readonly string[],
  ])[] = [
    [
      'screen',
      '1234.pdf',
      null,
      [
        `kill 4000 | cd /srv/app && { screen -S pdf -X screen ${node} || screen -dmS pdf ${node}; }`,
      ],
    ],
    [
      'tmux',
      'main:0.1',
      null,
      [
        `kill 4000 | cd /srv/app && { tmux new-window -d -t '=main:' ${node} || tmux new-session -d -s main ${node}; }`,
      ],
    ],
    ['nohup', null, null, [`kill 4000 | cd /srv/app && nohup ${node} &`]],
    ['session', null, null, [`kill 4000 | cd /srv/app && nohup ${node} &`]],
    [
      'cron',
      null,
      { type: 'crontab', user: 'joel', line },
      [
        `kill 4000 | cd /srv/app && nohup ${node} &`,
        `crontab -u joel -e: a # before ${line} | take that # away again`,
      ],
    ],
    [
      'cron',
      null,
      { type: 'cron-file', path: '/etc/cron.d/pdf', line },
      [
        `kill 4000 | cd /srv/app && nohup ${node} &`,
        `edit /etc/cron.d/pdf: a # before ${line} | take that # away again`,
      ],
    ],
    [
      'systemd-user',
      'pdf.service',
      null,
      ['systemctl --user disable --now pdf.service | systemctl --user enable --now pdf.service'],
    ],
    [
      'systemd',
      'old.service',
      null,
      ['systemctl disable --now old.service | systemctl enable --now old.service'],
    ],
    ['pm2', 'pdf', null, ['pm2 stop pdf && pm2 save | pm2 start pdf && pm2 save']],
    [
      'supervisor',
      'pdf',
      { type: 'supervisor', path: '/etc/supervisor/conf.d/pdf.conf' },
      [
        'supervisorctl stop pdf | supervisorctl start pdf',
        'mv /etc/supervisor/conf.d/pdf.conf /etc/supervisor/conf.d/pdf.conf.off && supervisorctl update | mv /etc/supervisor/conf.d/pdf.conf.off /etc/supervisor/conf.d/pdf.conf',
      ],
    ],
  ];
  for (const [kind, name, boot, steps] of table) {
    it(`${kind} ${boot?.type ?? ''}`, () =>
      expect(stepsOf(kind, name, boot)).toEqual([...steps, ...rest]));
  }

  it('is nobody’s to guess of a container, of what is not known or was not seen', () => {
    const whys = (['docker', 'podman', 'unknown'] as const).map(
      (kind) => whyNotAdopted(seenOf(kind, 'x', 4000))?.why,
    );
    expect(whys).toEqual([
      expect.stringContaining('container'),
      expect.stringContaining('container'),
      expect.stringContaining('not known'),
    ]);
    expect(whyNotAdopted(seenOf('nohup', null, null))?.why).toContain('was not seen');
    expect(whyNotAdopted(seenOf('nohup', null, 4000))).toBeNull();
  });
});

describe('what starts it at a boot', () => {
  it('is the line whose whole command the shell of cron was given', () => {
    const parents = [
      ['/bin/sh', '-c', 'cd /srv/app && node server.js'],
      ['/usr/sbin/CRON', '-f'],
    ];
    const look = lookOf({
      parents,
      crontab: ['# x', '@reboot true', line, '* * * * * node server.js'],
    });
    expect(bootEntryOf('cron', null, look)).toEqual({
      entry: { type: 'crontab', user: 'joel', line },
    });
  });

  it('is the line that names what runs, also of what a session was made for', () => {
    const files = ['/etc/crontab:@reboot joel screen -dmS pdf node /srv/app/server.js'];
    const look = lookOf({ files, process: { argv: ['node', '/srv/app/server.js'] } });
    expect(bootEntryOf('screen', 'pdf', look)).toEqual({
      entry: {
        type: 'cron-file',
        path: '/etc/crontab',
        line: '@reboot joel screen -dmS pdf node /srv/app/server.js',
      },
    });
  });

  it('is a file of supervisor that holds nothing else', () => {
    const alone = [
      '/etc/supervisor/conf.d/a.conf:[program:pdf]',
      '/etc/supervisor/conf.d/a.conf:command=x',
    ];
    expect(bootEntryOf('supervisor', 'pdf:pdf_00', lookOf({ supervisor: alone }))).toEqual({
      entry: { type: 'supervisor', path: '/etc/supervisor/conf.d/a.conf' },
    });
    const more = [...alone, '/etc/supervisor/conf.d/a.conf:[program:other]'];
    expect(bootEntryOf('supervisor', 'pdf', lookOf({ supervisor: more }))).toMatchObject({
      why: expect.stringContaining('more than'),
    });
  });

  it('is nothing of what has no line', () => {
    expect(bootEntryOf('tmux', 'x', lookOf({ crontab: ['@reboot true'] }))).toEqual({
      entry: null,
    });
  });
});
