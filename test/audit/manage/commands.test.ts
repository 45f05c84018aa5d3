import { expect, it } from 'vitest';
import { listens, server, type Told } from '../answers-of.ts';
import { brainOf } from './brain-of.ts';

const shell: Told = { pid: 700, parent: 600, name: 'bash', command: ['-bash'], loginUid: 1000 };
const tmux: Told = { pid: 600, name: 'tmux: server', command: ['tmux', 'new', '-s', 'my.pdf'] };
const screen: Told = { pid: 600, name: 'screen', command: ['SCREEN', '-S', 'pdf'] };
const asRoot = { id: 'uid=0(root) gid=0(root) groups=0(root)' };
const line = 'perl /srv/brain/serve 3847';
const gone =
  "kill 900; while grep -qs 'State:.[^XZ]' /proc/900/status; do sleep 1; done; cd /home/joel && ";
const inTmux = (target: string, name: string, program = 'tmux'): string =>
  `${gone}{ ${program} new-window -d -t '${target}' '${line}' 2>/dev/null || ${program} new-session -d -s ${name} '${line}'; }`;
const inShell = (above: Told, environment: readonly string[]): readonly Told[] => [
  { ...server, parent: 700, environment },
  shell,
  above,
];

it.each([
  ['tmux, typed into its shell', inShell(tmux, []), inTmux('=my_pdf:', 'my_pdf')],
  [
    'tmux, its second session',
    inShell(tmux, ['TMUX=/tmp/tmux-1000/default,600,1']),
    inTmux('$1:', 'service'),
  ],
  [
    'tmux, that listens elsewhere',
    inShell(tmux, ['TMUX=/run/x,600,0']),
    inTmux('=my_pdf:', 'my_pdf', 'tmux -S /run/x'),
  ],
  [
    'tmux, which has started it itself',
    [{ ...server, parent: 600 }, tmux],
    inTmux('=my_pdf:', 'my_pdf'),
  ],
  [
    'screen, typed into its shell',
    inShell(screen, ['STY=600.pdf']),
    `${gone}{ sleep 1; screen -S 600.pdf -X screen sh -c 'cd /home/joel && exec ${line}' || screen -dmS pdf ${line}; }`,
  ],
  [
    'screen, whose session may end with it',
    [{ ...server, parent: 600, environment: ['STY=600.pdf'] }, screen],
    `${gone}{ sleep 1; screen -S 600.pdf -X screen sh -c 'cd /home/joel && exec ${line}' || screen -dmS pdf ${line}; }`,
  ],
])(
  '%s: starts it again in the session that is there, else in a new one',
  (_, processes, restart) => {
    expect(brainOf(processes).restart).toBe(restart);
  },
);

it('tells in its evidence that a session stays', () => {
  expect(brainOf(inShell(tmux, [])).manager.evidence.join()).toContain('typed into a shell');
});

it('leaves no shell above what it starts again, which would keep the ssh waiting that was given it', () => {
  expect(brainOf([server]).restart).toBe(`${gone}{ nohup ${line} </dev/null >>/dev/null 2>&1 & }`);
});

it('has root become the user whom a process belongs to', () => {
  const { restart, stop } = brainOf([server], asRoot);
  expect([restart, stop]).toEqual([
    `su - joel -s /bin/sh -c '${gone.replaceAll("'", "'\\''")}{ nohup ${line} </dev/null >>/dev/null 2>&1 & }'`,
    'kill 900',
  ]);
});

it.each([
  ['tmux', [{ ...server, parent: 600 }, tmux], [undefined, 'tmux attach -t my_pdf']],
  ['screen', [{ ...server, parent: 600 }, screen], [undefined, 'screen -r 600.pdf']],
  [
    'pm2',
    [
      { ...server, parent: 600, environment: ['name=brain'] },
      { pid: 600, name: 'node', command: ['PM2 v6.0.13: God Daemon (/home/joel/.pm2)'] },
    ],
    ['pm2 restart brain', 'pm2 logs brain --nostream --lines 100'],
  ],
] as const)(
  '%s of a user: root becomes that user for it, by no sudo(8) that may not be there',
  (kind, processes, [restart, logs]) => {
    const found = brainOf(processes, asRoot);
    expect(found.manager.kind).toBe(kind);
    expect(found.logs).toBe(`su - joel -s /bin/sh -c '${logs}'`);
    if (restart !== undefined) {
      expect(found.restart).toBe(`su - joel -s /bin/sh -c '${restart}'`);
    }
  },
);

it('reads the journal of a user for root, who by --user-unit would be shown that of root alone', () => {
  const cgroup = '0::/user.slice/user-1000.slice/user@1000.service/app.slice/brain.service';
  expect(brainOf([{ ...server, cgroup }], asRoot).logs).toBe(
    'journalctl _UID=1000 _SYSTEMD_USER_UNIT=brain.service + _UID=1000 USER_UNIT=brain.service -n 100',
  );
});

const script: Told = {
  ...{ pid: 700, name: 'run.sh', cwd: '/srv', command: ['/bin/sh', './run.sh'] },
  ...{ loginUid: 1000, ignoresHangup: true },
};
const nohup: Told = { ...server, parent: 700, ignoresHangup: true };

it.each([
  ['nohup', [{ ...nohup, streams: ['/dev/null', '/srv/nohup.out', '/dev/null'] }, script]],
  ['session', [{ ...nohup, ignoresHangup: false }, script]],
  ['screen', [nohup, { ...script, parent: 600 }, screen]],
] as const)(
  '%s: a script above it may start it again, and is ended and started with it',
  (kind, processes) => {
    const { manager, survives, stop, restart } = brainOf(processes);
    expect([manager.kind, manager.confidence, survives.crash, stop]).toEqual([
      ...[kind, 'likely', null, 'kill 700 900'],
    ]);
    expect(manager.evidence.join()).toContain('its parent is the script ./run.sh');
    expect(survives.why.crash).toContain('./run.sh');
    expect(restart).toMatch(/^kill 700 900; .*; cd \/srv && .*\/bin\/sh \.\/run\.sh/);
  },
);

it.each([
  ['a shell that waits for words', ['bash']],
  ['a shell that was told one command', ['sh', '-c', 'perl /srv/brain/serve 3847']],
])('takes %s for no script', (_, command) => {
  const { survives, stop } = brainOf([{ ...nohup }, { ...script, command }]);
  expect([survives.crash, stop]).toEqual([false, 'kill 900']);
});

it.each([
  ['nohup', [{ ...server, ignoresHangup: true }]],
  ['session', [server]],
  ['tmux', [{ ...server, parent: 600 }, tmux]],
] as const)('%s: a line of a crontab that speaks of it may start it again', (kind, processes) => {
  const crontab = '* * * * * pgrep -f serve || perl /srv/brain/serve 3847';
  const { manager, survives } = brainOf(processes, { crontab });
  expect([manager.kind, survives.reboot, survives.crash]).toEqual([kind, null, null]);
  for (const why of [survives.why.reboot, survives.why.crash]) {
    expect(why).toContain(`crontab of joel speaks of it, and may start it: ${crontab}`);
  }
});

it('makes no guess of a terminal where all of a host is one control group', () => {
  const processes = [{ ...tmux, uid: 0, cgroup: '0::/' }];
  const listeners = listens('ino:7 sk:1 cgroup:/ <->');
  expect(brainOf(processes, { listeners }).manager.kind).not.toBe('tmux');
});

it('gives what cron starts at boot no terminal that ends it', () => {
  const unit = '0::/system.slice/cron.service';
  const crontab = `@reboot ${line}`;
  const { manager, restart } = brainOf([{ ...server, cgroup: unit }], { crontab });
  expect(manager).toMatchObject({ kind: 'cron', name: '@reboot' });
  const again = `(trap '' HUP; ${line}) </dev/null >/dev/null 2>&1 &`;
  expect(restart).toBe(`${gone.replace('cd /home/joel && ', '')}${again}`);
});
