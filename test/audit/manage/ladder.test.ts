import { expect, it } from 'vitest';
import { init, listens, server, type Told } from '../answers-of.ts';
import { brainOf } from './brain-of.ts';

interface Rung {
  readonly title: string;
  readonly processes: readonly Told[];
  readonly others?: Readonly<Record<string, string>>;
  /** `kind name confidence` */
  readonly manager: string;
  /** Of reboot, crash and logout: y, n or ?. */
  readonly survives: string;
}

const unit = (name: string, more = ''): string =>
  `Id=${name}\nLoadState=loaded\nActiveState=active\nUnitFileState=enabled\nMainPID=900\nRestart=on-failure\n${more}`;
const inUnit = (name: string): Told => ({ ...server, cgroup: `0::/system.slice/${name}` });
const under = (parent: Told, more: Partial<Told> = {}): readonly Told[] => [
  { ...server, parent: parent.pid, ...more },
  parent,
  init,
];
const session = '0::/user.slice/user-1000.slice/session-3.scope';
const userGroup = (name: string): string =>
  `0::/user.slice/user-1000.slice/user@1000.service/app.slice/${name}`;
const pm2: Told = {
  ...{ pid: 800, name: 'PM2 v6.0.13: God' },
  ...{ command: ['PM2 v6.0.13: God Daemon (/home/joel/.pm2)'], cgroup: session },
};
const supervisord: Told = {
  ...{ pid: 700, name: 'supervisord', uid: 0, cgroup: '0::/system.slice/supervisor.service' },
  command: ['/usr/bin/python3', '/usr/bin/supervisord', '-n'],
};
const screen: Told = {
  ...{ pid: 600, name: 'screen', cgroup: session },
  command: ['SCREEN', '-dmS', 'pdf', 'perl'],
};
const tmux: Told = {
  ...{ pid: 600, name: 'tmux: server', cgroup: session },
  command: ['tmux', 'new-session', '-d', '-s', 'pdf'],
};
const cron: Told = { pid: 500, name: 'cron', uid: 0, cgroup: '0::/system.slice/cron.service' };
const id = 'a'.repeat(64);

const rungs: readonly Rung[] = [
  {
    ...{ title: 'a unit', processes: [inUnit('brain.service'), init] },
    others: { services: unit('brain.service') },
    ...{ manager: 'systemd brain.service certain', survives: 'yyy' },
  },
  {
    ...{ title: 'a unit that is not enabled, nor restarted', processes: [inUnit('brain.service')] },
    others: {
      services: unit('brain.service').replace('=enabled', '=disabled').replace('on-failure', 'no'),
    },
    ...{ manager: 'systemd brain.service certain', survives: 'nny' },
  },
  {
    ...{ title: 'a unit whose main process is another', processes: [inUnit('brain.service')] },
    others: { services: unit('brain.service').replace('=900', '=0') },
    ...{ manager: 'systemd brain.service likely', survives: 'yyy' },
  },
  {
    title: 'version 1 of control groups',
    processes: [
      { ...server, cgroup: '4:memory:/\n1:name=systemd:/system.slice/brain.service\n0::/' },
    ],
    others: { services: unit('brain.service') },
    ...{ manager: 'systemd brain.service certain', survives: 'yyy' },
  },
  {
    ...{ title: 'a socket enabled in place of its unit', processes: [inUnit('brain.service')] },
    others: {
      services: unit('brain.service').replace('=enabled', '=disabled'),
      'socket-units':
        'Id=brain.socket\nActiveState=active\nUnitFileState=enabled\nTriggers=brain.service',
    },
    ...{ manager: 'systemd brain.service certain', survives: 'yyy' },
  },
  {
    title: 'a user unit, with linger',
    processes: [{ ...server, cgroup: userGroup('brain.service') }],
    others: { 'user-services': unit('brain.service') },
    ...{ manager: 'systemd-user brain.service certain', survives: 'yyy' },
  },
  {
    title: 'a user unit, without linger',
    processes: [{ ...server, cgroup: userGroup('brain.service') }],
    others: { 'user-services': unit('brain.service'), linger: '' },
    ...{ manager: 'systemd-user brain.service certain', survives: 'nyn' },
  },
  {
    title: 'a user unit that systemctl does not tell of',
    processes: [{ ...server, cgroup: userGroup('brain.service') }],
    ...{ manager: 'systemd-user brain.service certain', survives: '??y' },
  },
  {
    title: 'Docker',
    processes: [{ ...server, cgroup: `0::/system.slice/docker-${id}.scope` }],
    others: { docker: JSON.stringify({ ID: id, Names: 'brain' }) },
    ...{ manager: 'docker brain certain', survives: '??y' },
  },
  {
    title: 'Docker on version 1',
    processes: [{ ...server, cgroup: `3:cpu:/docker/${id}\n1:name=systemd:/docker/${id}` }],
    ...{ manager: `docker ${id.slice(0, 12)} certain`, survives: '??y' },
  },
  {
    title: 'a port that Docker publishes',
    processes: [
      { ...server, name: 'docker-proxy', uid: 0, cgroup: '0::/system.slice/docker.service' },
    ],
    others: {
      services: unit('docker.service').replace('=900', '=40'),
      docker: JSON.stringify({ ID: id, Names: 'brain', Ports: '0.0.0.0:3847->80/tcp' }),
    },
    ...{ manager: 'docker brain certain', survives: '??y' },
  },
  {
    title: 'Podman',
    processes: [
      {
        ...server,
        cgroup: `0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope`,
      },
    ],
    ...{ manager: `podman ${id.slice(0, 12)} certain`, survives: '??y' },
  },
  {
    title: 'Kubernetes',
    processes: [
      {
        ...server,
        cgroup:
          '0::/kubepods.slice/kubepods-pod0123abcd_0123_0123_0123_0123456789ab.slice/cri-containerd-x.scope',
      },
    ],
    ...{ manager: 'supervisor 0123abcd_0123_0123_0123_0123456789ab likely', survives: '??y' },
  },
  {
    title: 'LXC',
    processes: [{ ...server, cgroup: '0::/lxc.payload.brain/system.slice/x.service' }],
    ...{ manager: 'supervisor brain likely', survives: '??y' },
  },
  {
    title: 'pm2, that nothing starts',
    processes: under(pm2, { environment: ['name=brain', 'pm_id=0'] }),
    ...{ manager: 'pm2 brain certain', survives: 'nyy' },
  },
  {
    title: 'pm2, whose unit is enabled and whose list is saved',
    processes: under(pm2, {
      environment: ['name=brain'],
      cgroup: '0::/system.slice/pm2-joel.service',
    }),
    others: {
      services: unit('pm2-joel.service').replace('=900', '=800'),
      'pm2-saved': '/home/joel/.pm2/dump.pm2:    "name": "brain",',
    },
    ...{ manager: 'pm2 brain certain', survives: 'yyy' },
  },
  {
    title: 'pm2, whose list is not saved',
    processes: under(pm2, { environment: ['name=brain'] }),
    others: { services: unit('pm2-joel.service') },
    ...{ manager: 'pm2 brain certain', survives: 'nyy' },
  },
  {
    title: 'supervisord',
    processes: under(supervisord, {
      environment: ['SUPERVISOR_PROCESS_NAME=brain'],
      cgroup: '0::/system.slice/supervisor.service',
    }),
    others: { services: unit('supervisor.service').replace('=900', '=700') },
    ...{ manager: 'supervisor brain certain', survives: 'yyy' },
  },
  {
    title: 'supervisord, told not to',
    processes: under(supervisord, { cgroup: '0::/system.slice/supervisor.service' }),
    others: {
      services: unit('supervisor.service').replace('=900', '=700'),
      supervisor:
        '/etc/supervisor/conf.d/b.conf:[program:brain]\n/etc/supervisor/conf.d/b.conf:command=perl /srv/brain/serve 3847\n/etc/supervisor/conf.d/b.conf:autostart=false\n/etc/supervisor/conf.d/b.conf:autorestart=false',
    },
    ...{ manager: 'supervisor brain certain', survives: 'nny' },
  },
  {
    title: 'runit',
    processes: under(
      { pid: 50, name: 'runsv', uid: 0, command: ['runsv', 'brain'] },
      { cgroup: '0::/', loginUid: 4_294_967_295 },
    ),
    ...{ manager: 'supervisor runsv certain', survives: 'yyy' },
  },
  {
    title: 'nodemon within a unit',
    processes: under(
      { pid: 50, name: 'node', command: ['node', '/usr/bin/nodemon', 'x.js'] },
      { cgroup: '0::/system.slice/brain.service' },
    ),
    others: { services: unit('brain.service').replace('=900', '=50') },
    ...{ manager: 'systemd brain.service certain', survives: 'yyy' },
  },
  {
    ...{ title: 'screen', processes: under(screen, { environment: ['STY=600.pdf'] }) },
    ...{ manager: 'screen pdf certain', survives: 'nny' },
  },
  {
    title: 'screen, started by cron at boot',
    processes: under(
      { ...screen, cgroup: '0::/system.slice/cron.service' },
      { cgroup: '0::/system.slice/cron.service' },
    ),
    others: { crontab: '@reboot screen -dmS pdf perl /srv/brain/serve 3847' },
    ...{ manager: 'screen pdf certain', survives: 'yny' },
  },
  { title: 'tmux', processes: under(tmux), manager: 'tmux pdf certain', survives: 'nny' },
  {
    title: 'tmux where a logout ends all',
    processes: under(tmux),
    others: { logind: '/etc/systemd/logind.conf:KillUserProcesses=yes' },
    ...{ manager: 'tmux pdf certain', survives: 'nnn' },
  },
  {
    ...{
      title: 'cron at boot',
      processes: under(cron, { cgroup: '0::/system.slice/cron.service' }),
    },
    others: { crontab: '# mine\n@reboot perl /srv/brain/serve 3847 >/dev/null' },
    ...{ manager: 'cron @reboot certain', survives: 'yny' },
  },
  {
    title: 'cron at boot, which has left it alone',
    processes: [{ ...server, cgroup: '0::/system.slice/cron.service' }, init],
    others: { crontabs: '/etc/cron.d/b:@reboot joel /srv/brain/serve 3847 &' },
    ...{ manager: 'cron @reboot certain', survives: 'yny' },
  },
  {
    title: 'cron, by a line that runs again and again',
    processes: [{ ...server, cgroup: '0::/system.slice/cron.service' }, init],
    others: { crontab: '*/5 * * * * pgrep perl || /srv/brain/serve 3847' },
    ...{ manager: 'cron null likely', survives: '??y' },
  },
  {
    title: 'nohup',
    processes: [
      {
        ...server,
        ignoresHangup: true,
        streams: ['/dev/null', '/home/joel/nohup.out', '/home/joel/nohup.out'],
      },
      init,
    ],
    ...{ manager: 'nohup null certain', survives: 'nny' },
  },
  {
    ...{ title: 'what ignores a hangup', processes: [{ ...server, ignoresHangup: true }, init] },
    ...{ manager: 'nohup null likely', survives: 'nny' },
  },
  {
    title: 'a login with its terminal',
    processes: under({ pid: 400, name: 'bash', cgroup: session }, { terminal: true }),
    ...{ manager: 'session null likely', survives: 'nnn' },
  },
  {
    title: 'a login without one, that has gone',
    processes: [server, init],
    ...{ manager: 'session null likely', survives: 'nny' },
  },
  {
    title: 'a login where no control group tells',
    processes: [{ ...server, cgroup: '1:name=systemd:/\n0::/' }, init],
    ...{ manager: 'session null likely', survives: 'nny' },
  },
  {
    title: 'rc.local',
    processes: [
      { ...server, loginUid: 4_294_967_295, cgroup: '0::/system.slice/rc-local.service' },
      init,
    ],
    ...{ manager: 'unknown rc.local guess', survives: 'y??' },
  },
  {
    title: 'nothing that is known',
    processes: [{ ...server, loginUid: 4_294_967_295, cgroup: '0::/' }, init],
    ...{ manager: 'unknown null guess', survives: '???' },
  },
];

const mark = (value: boolean | null): string => (value === null ? '?' : value ? 'y' : 'n');

it.each(rungs)('$title: $manager', ({ processes, others, manager, survives }) => {
  const brain = brainOf(processes, others);
  const { kind, name, confidence, evidence } = brain.manager;
  expect(`${kind} ${name} ${confidence}`).toBe(manager);
  const { reboot, crash, logout, why } = brain.survives;
  expect([reboot, crash, logout].map(mark).join('')).toBe(survives);
  expect([...Object.values(why), ...evidence].every((line) => line !== '')).toBe(true);
  expect(evidence.length).toBeGreaterThan(0);
});

it.each([
  [
    'root',
    'ino:7 sk:1 cgroup:/system.slice/brain.service <->',
    'systemd brain.service certain',
    'owner hidden, uid 0 (root)',
  ],
  [
    'another',
    'uid:1001 ino:7 sk:1 cgroup:/user.slice/user-1001.slice/session-9.scope <->',
    'session null guess',
    'owner hidden, uid 1001 (user 1001)',
  ],
  ['nobody that is told', '', 'unknown null guess', 'owner hidden, uid unknown'],
])('says whose it is where the owner is hidden: %s', (_, rest, manager, last) => {
  const listeners = listens(rest);
  const { manager: found, process } = brainOf([], { listeners, services: unit('brain.service') });
  expect(`${found.kind} ${found.name} ${found.confidence}`).toBe(manager);
  expect([found.evidence.at(-1), process]).toEqual([last, null]);
});

it('tells a process that was not looked at, and one that is hidden from root, from a hidden owner', () => {
  const last = (others: Readonly<Record<string, string>>) =>
    brainOf([], others).manager.evidence.at(-1);
  expect(last({})).toBe('its process was not looked at');
  expect(last({ listeners: listens('ino:7'), id: 'uid=0(root) gid=0(root)' })).toBe(
    'owner hidden even from root, uid 0 (root)',
  );
});
