import { expect, it } from 'vitest';
import type { Answer } from '../../../src/audit/collect/answers.ts';
import { dependenciesOf } from '../../../src/audit/manage/dependencies.ts';
import { documentsIn } from '../../../src/audit/manage/documents.ts';
import { reachedBy } from '../../../src/audit/manage/reached.ts';
import { servicesOf } from '../../../src/audit/manage/services.ts';
import { processesOf } from '../../../src/audit/read/processes.ts';
import type { AuditedService } from '../../../src/model/audit.ts';
import { inventoryOf } from '../../inventory/read.ts';
import {
  answersOf,
  byServer,
  init,
  listens,
  plainFacts,
  server,
  type Told,
} from '../answers-of.ts';

const inventory = (services: string): string => `version: 1
name: n
hosts: [{name: box, access: ssh, ssh: {host: box}}]
services:
${services}
`;
const brain = '  - {name: brain, host: box, port: 3847, manager: {kind: none}}';

function audited(
  processes: readonly Told[],
  others: Readonly<Record<string, string | Answer>> = {},
  services = brain,
): readonly AuditedService[] {
  const answers = answersOf(processes, { listeners: byServer, ...others });
  const { services: declared } = inventoryOf(inventory(services));
  return servicesOf({ declared, facts: plainFacts(answers), answers, here: new Map() });
}

it('tells the declared first, in their order, then whatever else listens by its port', () => {
  const listeners = [
    listens('users:(("sshd",pid=40,fd=3)) ino:1 cgroup:/system.slice/ssh.service', '[::]:22'),
    byServer,
    listens('uid:101 ino:2 cgroup:/system.slice/systemd-resolved.service', '127.0.0.53%lo:53'),
    listens('ino:3 cgroup:/system.slice/brain2.service', '0.0.0.0:9000'),
  ].join('\n');
  const sshd = { pid: 40, name: 'sshd', uid: 0, cgroup: '0::/system.slice/ssh.service' };
  const services = 'Id=ssh.service\nMainPID=40\nActiveState=active\nUnitFileState=enabled';
  const told = audited([server, sshd, init], { listeners, services });
  expect(told.map(({ name, port, declared }) => `${name} ${port} ${declared}`)).toEqual([
    'brain 3847 true',
    'sshd 22 false',
    'systemd-resolved.service 53 false',
    'brain2.service 9000 false',
  ]);
  expect(told[1]?.manager).toMatchObject({ kind: 'systemd', name: 'ssh.service' });
});

it('shows a process without the values of its environment, and without secrets', () => {
  const command = ['perl', '/srv/brain/serve', '--api-key', 'hunter2hunter2', '3847'];
  const [one] = audited([{ ...server, command, environment: ['API_KEY', 'HOME=/home/joel'] }]);
  expect(one?.process).toEqual({
    ...{
      pid: 900,
      user: 'joel',
      command: ['perl', '/srv/brain/serve', '--api-key', '(hidden)', '3847'],
    },
    ...{ workingDirectory: '/home/joel', executable: '/usr/bin/perl' },
    ...{ environment: ['API_KEY', 'HOME'], startedAt: '2023-11-14T22:15:00.000Z' },
  });
  expect(JSON.stringify(one)).not.toContain('hunter2');
  expect(one?.restart).toBeNull();
});

it.each([
  ['what is as it was', {}, ['1700000050 /srv/brain/serve'], false],
  ['a script that was written since', {}, ['1700000200 /srv/brain/serve'], true],
  ['a program that another file lies over', { exe: '/usr/bin/brain (deleted)' }, [], true],
  ['a program of its own', { exe: '/usr/bin/brain' }, ['1700000200 /var/lib/brain.db'], false],
  ['a script that is not seen', {}, [], null],
])('tells what runs older code than lies on the disk: %s', (_, more, written, older) => {
  expect(audited([{ ...server, ...more, written }])[0]?.olderThanDisk).toBe(older);
});

it('gives the commands that end and start it again by hand', () => {
  const [one] = audited([
    { ...server, ignoresHangup: true, streams: ['/dev/null', '/home/joel/brain.log', '/dev/null'] },
  ]);
  expect([one?.restart, one?.stop, one?.logs]).toEqual([
    "kill 900; while grep -qs 'State:.[^XZ]' /proc/900/status; do sleep 1; done; cd /home/joel && { nohup perl /srv/brain/serve 3847 </dev/null >>/home/joel/brain.log 2>&1 & }",
    'kill 900',
    'tail -n 100 /home/joel/brain.log',
  ]);
});

it('takes the unit that the inventory names where nothing listens, and says so', () => {
  const services =
    'Id=b.service\nLoadState=loaded\nActiveState=failed\nUnitFileState=enabled\nRestart=no';
  const declared =
    '  - {name: brain, host: box, port: 1, manager: {kind: systemd, unit: b.service}}';
  const [one] = audited([], { services, listeners: '' }, declared);
  expect(one?.manager).toEqual({
    ...{ kind: 'systemd', name: 'b.service', confidence: 'likely' },
    evidence: [
      'the inventory names this unit',
      'unit without a file: failed, enabled',
      'nothing listens on 1',
    ],
  });
  expect(one?.reached).toEqual({
    fromHost: false,
    fromHere: null,
    note: 'nothing listens on 1: it does not run',
  });
});

it('guesses a service without a port by the name of a process', () => {
  const [one] = audited(
    [{ ...server, name: 'indexer' }, init],
    {},
    '  - {name: indexer, host: box, manager: {kind: none}}',
  );
  expect(one?.manager).toMatchObject({ kind: 'session', confidence: 'guess' });
  expect(one?.manager.evidence[0]).toBe('a process is called indexer');
});

const answered = (text: string, exitCode = 0, words = ''): Answer => ({
  text,
  exitCode,
  words,
  why: null,
});
const yes = answered('HTTP/1.1 200 OK\r\n\r\n{}');
const refused = answered('', 7, 'curl: (7) Failed to connect');

it.each([
  ['both sides', ['0.0.0.0'], yes, true, true, ''],
  [
    'loopback alone',
    ['127.0.0.1', '::1'],
    yes,
    false,
    true,
    'it listens on 127.0.0.1 and ::1 alone: nobody but its own host reaches it',
  ],
  [
    'a firewall',
    ['0.0.0.0'],
    yes,
    false,
    true,
    'it listens on 3847 and is not reached from here: a firewall or the net stands between',
  ],
  [
    'one address',
    ['10.0.0.7'],
    refused,
    false,
    null,
    'it listens on 10.0.0.7 alone, and is not reached from here',
  ],
  [
    'what hangs',
    ['*'],
    answered('', 28),
    true,
    false,
    'it holds 3847 and does not answer there: it hangs',
  ],
  ['what speaks no HTTP', ['*'], answered('', 1, 'Received HTTP/0.9'), true, true, ''],
  ['no curl', ['*'], { ...refused, why: 'tool-missing' as const }, true, null, ''],
  [
    'BusyBox, refused',
    ['*'],
    answered('', 1, "wget: can't connect to remote host: Connection refused"),
    true,
    false,
    'it holds 3847 and does not answer there: it hangs',
  ],
])(
  'tells a death from what is not let through: %s',
  (_, addresses, page, fromHere, fromHost, note) => {
    const listening = { port: 3847, addresses, pids: [], program: null, uid: null, cgroup: null };
    expect(reachedBy({ port: 3847, isTold: true, listening, page, fromHere })).toEqual({
      fromHost,
      fromHere,
      note,
    });
  },
);

it.each([
  ['HTTP/1.1 200 OK\r\nA: b\r\n\r\n{"documents":700}', 'documents', 700],
  ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\n{"a":{"list":[1,2]}}', 'a.list', 2],
  ['{"stats":{"documents":3}}', null, 3],
  ['HTTP/1.1 200 OK\r\n\r\n{"documents":"many"}', 'documents', null],
  ['HTTP/1.1 200 OK\r\n\r\n<html>', null, null],
  ['HTTP/1.1 200 OK\r\n\r\n{"documents":700}', 'docs', null],
])('counts documents where the check says: %#', (page, count, documents) => {
  expect(documentsIn(page, count)).toBe(documents);
});

it('sees what it stands on, by its environment and by its connections', () => {
  const environment = [
    'OLLAMA_HOST=http://joel:secret@127.0.0.1:11434',
    'PDF_LIBRARY_PATH=/srv/pdf',
  ];
  const answers = answersOf([{ ...server, environment }], {
    connections: [
      '0 0 127.0.0.1:50000 127.0.0.1:11434 users:(("perl",pid=900,fd=5))',
      'ESTAB 0 0 [::ffff:127.0.0.1]:50002 [::ffff:127.0.0.1]:6379 users:(("perl",pid=900,fd=6))',
      '0 0 127.0.0.1:50004 127.0.0.1:5432 users:(("perl",pid=901,fd=5))',
    ].join('\n'),
  });
  const process = processesOf(answers).get(900);
  expect(process && dependenciesOf(process, answers)).toEqual([
    'ollama on joel:(hidden)@127.0.0.1:11434',
    'library /srv/pdf',
    'ollama on 127.0.0.1:11434',
    'redis on 127.0.0.1:6379',
  ]);
});
