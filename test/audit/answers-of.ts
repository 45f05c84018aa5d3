import type { Answer, Answers } from '../../src/audit/collect/answers.ts';
import { factsOf } from '../../src/audit/read/facts.ts';
import type { AuditFacts } from '../../src/model/audit-facts.ts';

/** A process as a test tells it; what is left out is as of one that joel has started from a login. */
export interface Told {
  readonly pid: number;
  readonly parent?: number;
  readonly name?: string;
  readonly uid?: number;
  readonly command?: readonly string[];
  readonly exe?: string;
  readonly cwd?: string;
  /** Where input, output and errors go. */
  readonly streams?: readonly [string, string, string];
  readonly environment?: readonly string[];
  readonly cgroup?: string;
  readonly ignoresHangup?: boolean;
  readonly loginUid?: number;
  readonly terminal?: boolean;
  /** Seconds after boot. */
  readonly started?: number;
  readonly written?: readonly string[];
}

export const server: Told = {
  ...{ pid: 900, parent: 1, name: 'perl', uid: 1000, exe: '/usr/bin/perl', cwd: '/home/joel' },
  command: ['perl', '/srv/brain/serve', '3847'],
  streams: ['/dev/null', '/dev/null', '/dev/null'],
  ...{ environment: [], cgroup: '0::/user.slice/user-1000.slice/session-3.scope' },
  ...{ ignoresHangup: false, loginUid: 1000, terminal: false, started: 100 },
};

export const init: Told = { pid: 1, parent: 0, name: 'systemd', uid: 0, cgroup: '0::/init.scope' };

function said(text: string, exitCode = 0): Answer {
  return { text, exitCode, words: '', why: null };
}

/** What each probe of a process tells of it. */
function ofProcess(one: Told): readonly (readonly [string, Answer])[] {
  const { pid, parent = 1, name = 'sh', uid = 1000, cgroup = '0::/', streams } = one;
  const proc = `/proc/${pid}`;
  const links = [
    ...(one.exe === undefined ? [] : [`exe ${one.exe}`]),
    ...(one.cwd === undefined ? [] : [`cwd ${one.cwd}`]),
    ...(streams ?? []).map((path, at) => `fd/${at} ${path}`),
  ];
  const numbers = ['S', parent, pid, pid, one.terminal ? 34_816 : 0, ...Array(14).fill(0)];
  const lines = [
    ...cgroup.split('\n').map((line) => `${proc}/cgroup:${line}`),
    `${proc}/stat:${pid} (${name}) ${[...numbers, (one.started ?? 0) * 100].join(' ')} 0`,
    `${proc}/status:Name:\t${name}`,
    `${proc}/status:PPid:\t${parent}`,
    `${proc}/status:Uid:\t${uid}\t${uid}\t${uid}\t${uid}`,
    `${proc}/status:SigIgn:\t000000000000000${one.ignoresHangup ? 1 : 0}`,
    `${proc}/loginuid:${one.loginUid ?? 4_294_967_295}`,
  ];
  return [
    [`process-${pid}`, said(lines.join('\n'))],
    [`links-${pid}`, said(links.join('\n'))],
    [`arguments-${pid}`, said((one.command ?? []).join('\n'))],
    [`environment-${pid}`, said((one.environment ?? []).join('\n'))],
    [`written-${pid}`, said((one.written ?? []).join('\n'))],
  ];
}

/** A host where joel looks, `others` its further answers by probe. */
export function answersOf(
  processes: readonly Told[],
  others: Readonly<Record<string, string | Answer>> = {},
): Answers {
  return new Map<string, Answer>([
    ['id', said('uid=1000(joel) gid=1000(joel) groups=1000(joel),4(adm)')],
    ['passwd', said('root:x:0:0:root:/root:/bin/bash\njoel:x:1000:1000::/home/joel:/bin/bash')],
    ['boot', said('btime 1700000000')],
    ['logind', said('/etc/systemd/logind.conf:#KillUserProcesses=no')],
    ['linger', said('joel')],
    ['services', said('Id=dbus.service\nMainPID=30')],
    ['crontab', said('')],
    ...processes.flatMap(ofProcess),
    ...Object.entries(others).map(([id, answer]): [string, Answer] => [
      id,
      typeof answer === 'string' ? said(answer) : answer,
    ]),
  ]);
}

/** A line of `ss -H -ltnpe` for the server. */
export const listens = (rest: string, address = '0.0.0.0:3847'): string =>
  `LISTEN 0      16           ${address}        0.0.0.0:*    ${rest}`;

export const byServer = listens(
  'users:(("perl",pid=900,fd=3)) uid:1000 ino:7 sk:1 cgroup:/user.slice/user-1000.slice/session-3.scope <->',
);

export function plainFacts(answers: Answers): AuditFacts {
  return factsOf({ answers, cutOff: null, skewMs: null }, (text) => text);
}
