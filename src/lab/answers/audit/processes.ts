import { type Frame, files, told } from './frames.ts';

/** A process as the audit's script looks at it. */
export interface LabProcess {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly command: readonly string[];
  readonly executable: string;
  readonly workingDirectory: string;
  readonly cgroup: string;
  readonly uid: number;
  /** The session of the login that it comes of; null of what a boot has started. */
  readonly session: number | null;
  /** `NAME=value` of the few that are told, the name alone of the others. */
  readonly environment: readonly string[];
  /** What its standard input and outputs are. */
  readonly terminal: string;
  /** Ticks after the boot. */
  readonly started: number;
}

/** The frames of one process; what is another user's is refused as /proc refuses it. */
export function processFrames(process: LabProcess, seenByUid: number): readonly Frame[] {
  const { pid, uid, command, environment } = process;
  const isOurs = uid === seenByUid;
  const no = `cannot open /proc/${pid}/environ: Permission denied`;
  return [
    isOurs
      ? told(`links-${pid}`, linksOf(process))
      : told(`links-${pid}`, 'exe \ncwd \nfd/0 \nfd/1 \nfd/2 '),
    told(`arguments-${pid}`, command.join('\n')),
    isOurs
      ? told(`environment-${pid}`, environment.join('\n'))
      : told(`environment-${pid}`, '', { exitCode: 2, words: no }),
    files(`process-${pid}`, kernelFiles(process)),
  ];
}

function linksOf({ executable, workingDirectory, terminal }: LabProcess): string {
  const links = { exe: executable, cwd: workingDirectory };
  const fds = { 'fd/0': terminal, 'fd/1': terminal, 'fd/2': terminal };
  return Object.entries({ ...links, ...fds })
    .map(([name, target]) => `${name} ${target}`)
    .join('\n');
}

/** proc(5): what every user may read of any process. */
function kernelFiles(process: LabProcess): Readonly<Record<string, string>> {
  const { pid, parent, name, cgroup, uid, session, started } = process;
  const own = `/proc/${pid}`;
  const noLogin = '4294967295';
  const counts = '4194304 5121 0 0 0 812 214 0 0 20 0 1 0';
  return {
    [`${own}/cgroup`]: `0::${cgroup}`,
    [`${own}/stat`]: `${pid} (${name}) S ${parent} ${pid} ${pid} 0 -1 ${counts} ${started} 1099511627`,
    [`${own}/status`]: [
      `Name:\t${name}`,
      `State:\tS (sleeping)`,
      `Pid:\t${pid}`,
      `PPid:\t${parent}`,
      `Uid:\t${uid}\t${uid}\t${uid}\t${uid}`,
      `SigIgn:\t0000000000001000`,
    ].join('\n'),
    [`${own}/loginuid`]: session === null ? noLogin : String(uid),
    [`${own}/sessionid`]: session === null ? noLogin : String(session),
  };
}
