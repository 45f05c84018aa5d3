import { expect, it } from 'vitest';
import { cgroupOf, placeOf } from '../../../src/audit/read/cgroup.ts';
import { cronLinesOf } from '../../../src/audit/read/cron-lines.ts';
import { listeningOn } from '../../../src/audit/read/listening.ts';
import { lineageOf, processesOf } from '../../../src/audit/read/processes.ts';
import { answersOf, listens, plainFacts } from '../answers-of.ts';

it.each([
  [['0::/system.slice/a.service'], '/system.slice/a.service'],
  [['4:memory:/x', '1:name=systemd:/system.slice/a.service', '0::/'], '/system.slice/a.service'],
  [['4:memory:/docker/0123456789abcdef', '1:name=systemd:/'], '/docker/0123456789abcdef'],
  [['0::/'], '/'],
  [[], null],
])('takes the control group that tells something: %#', (lines, path) => {
  expect(cgroupOf(lines)).toBe(path);
});

it.each([
  ['/system.slice/system-a.slice/a@1.service', { unit: 'a@1.service' }],
  ['/user.slice/user-1000.slice/session-c3.scope', { session: 1000 }],
  [
    '/user.slice/user-7.slice/user@7.service/app.slice/a.service',
    { userManager: 7, userUnit: 'a.service' },
  ],
  [
    '/user.slice/user-7.slice/user@7.service/init.scope',
    { userManager: 7, userUnit: 'init.scope' },
  ],
])('knows whose a control group is: %s', (path, known) => {
  const nothing = { unit: null, userManager: null, userUnit: null, session: null };
  expect(placeOf(path)).toEqual({ path, ...nothing, ...known });
});

it('is not led astray by a name, nor by parents that go round', () => {
  const answers = answersOf([
    { pid: 7, parent: 8, name: 'x) S 1 1 (y', started: 3 },
    { pid: 8, parent: 7, name: 'b' },
  ]);
  const processes = processesOf(answers);
  expect(processes.get(7)).toMatchObject({ parent: 8, name: 'x) S 1 1 (y', startedAfterBoot: 3 });
  expect(lineageOf(processes, 7).map(({ pid }) => pid)).toEqual([7, 8]);
});

it('joins what holds a port, and is not led astray by the name of a program', () => {
  const listeners = [
    listens('users:(("nginx",pid=11,fd=6),("nginx",pid=10,fd=6)) ino:1 cgroup:/a', '[::]:80'),
    listens('users:(("x uid:5 ino:1",pid=12,fd=6)) uid:33 ino:1 cgroup:/b', '0.0.0.0:80'),
    'garbage',
  ].join('\n');
  const answers = answersOf([], { listeners });
  expect(listeningOn(answers, plainFacts(answers))).toEqual([
    {
      ...{ port: 80, addresses: ['0.0.0.0', '::'], pids: [11, 10, 12] },
      ...{ program: 'nginx', uid: 0, cgroup: '/a' },
    },
  ]);
});

it('reads the lines of every crontab that it may', () => {
  const answers = answersOf([], {
    crontab: 'MAILTO=x\n# @reboot no\n@reboot  a b\n*/5 * * * 1-5 c',
    crontabs: [
      '/etc/crontab:17 *\t* * *\troot\tcd / && run-parts',
      '/var/spool/cron/crontabs/joel:@reboot a b',
      '/var/spool/cron/crontabs/eva:@reboot d',
    ].join('\n'),
  });
  expect(cronLinesOf(answers, 'joel').map((one) => Object.values(one).join(' | '))).toEqual([
    'crontab of joel | @reboot | true | a b',
    'crontab of joel | */5 * * * 1-5 | false | c',
    '/etc/crontab | 17 *\t* * * | false | cd / && run-parts',
    'crontab of eva | @reboot | true | d',
  ]);
});
