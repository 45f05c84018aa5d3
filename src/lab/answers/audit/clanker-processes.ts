import type { Moment } from '../../site.ts';
import { unitRows } from './clanker-units.ts';
import { type Frame, files } from './frames.ts';
import { type LabProcess, processFrames } from './processes.ts';

const joel = 1000;
/** The cgroup of the login that all of it comes of. */
export const login = '/user.slice/user-1000.slice/session-3.scope';
const shellEnvironment = [
  ...['HOME=/home/joel', 'LANG', 'PATH', 'SHELL', 'SSH_CONNECTION', 'TERM', 'USER=joel'],
  'XDG_SESSION_ID=3',
];

/** Somebody has logged in, begun a tmux session, and started pdf-brain there by hand. */
const lineage: readonly LabProcess[] = [
  {
    ...{ pid: 20731, parent: 20714, name: 'node', uid: joel, session: 3, started: 6_131_904 },
    command: ['node', '/home/joel/pdf-brain/server.js', '--port', '3847'],
    executable: '/usr/bin/node',
    workingDirectory: '/home/joel/pdf-brain',
    cgroup: login,
    environment: [
      ...[...shellEnvironment, 'PORT=3847', 'PDF_LIBRARY_PATH=/home/joel/pdf-library'],
      ...['OLLAMA_HOST=http://127.0.0.1:11434', 'TMUX=/tmp/tmux-1000/default,20713,0'],
    ],
    terminal: '/dev/pts/1',
  },
  {
    ...{ pid: 20714, parent: 20713, name: 'bash', uid: joel, session: 3, started: 6_130_211 },
    command: ['-bash'],
    executable: '/usr/bin/bash',
    workingDirectory: '/home/joel',
    cgroup: login,
    environment: [...shellEnvironment, 'TMUX=/tmp/tmux-1000/default,20713,0'],
    terminal: '/dev/pts/1',
  },
  {
    ...{ pid: 20713, parent: 1, name: 'tmux: server', uid: joel, session: 3, started: 6_130_198 },
    command: ['tmux', 'new-session', '-s', 'brain'],
    executable: '/usr/bin/tmux',
    workingDirectory: '/home/joel',
    cgroup: login,
    environment: shellEnvironment,
    terminal: '/dev/null',
  },
  {
    ...{ pid: 1, parent: 0, name: 'systemd', uid: 0, session: null, started: 3 },
    command: ['/sbin/init'],
    executable: '/usr/lib/systemd/systemd',
    workingDirectory: '/',
    cgroup: '/init.scope',
    environment: [],
    terminal: '/dev/null',
  },
];

/** Its port is asked from outside: who refuses there does not run. */
export function brainRuns(moment: Moment): boolean {
  return moment.isWell('clanker-001:3847');
}

/** What holds a port that this user may look at, and all that has started it. */
export function processes(moment: Moment): readonly Frame[] {
  const seen = brainRuns(moment) ? lineage : [];
  const names = [...lineage.slice(seen.length === 0 ? 3 : 0), ...unitRows];
  return [
    ...seen.flatMap((one) => processFrames(one, joel)),
    files('names', Object.fromEntries(names.map(({ pid, name }) => [`/proc/${pid}/comm`, name]))),
  ];
}
