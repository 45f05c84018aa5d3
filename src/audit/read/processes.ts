import type { Answers } from '../collect/answers.ts';
import { toldBy } from '../collect/answers.ts';
import { cgroupOf } from './cgroup.ts';
import { filesBy } from './told.ts';

/** A process as far as it may be looked at; null is what is hidden from us. */
export interface SeenProcess {
  readonly pid: number;
  readonly parent: number | null;
  /** At most 15 bytes of it, and whatever it calls itself: `tmux: server`. */
  readonly name: string;
  readonly uid: number | null;
  readonly command: readonly string[];
  readonly executable: string | null;
  readonly workingDirectory: string | null;
  /** Where its input, output and errors go. */
  readonly streams: readonly (string | null)[];
  /** Of an environment the names, and the values of a few: the others are empty. */
  readonly environment: ReadonlyMap<string, string>;
  readonly cgroup: string | null;
  readonly ignoresHangup: boolean | null;
  /** Null of one that no login has started. */
  readonly loginUid: number | null;
  readonly hasTerminal: boolean | null;
  /** Seconds since the host was booted. */
  readonly startedAfterBoot: number | null;
  /** When the files that it was started from were written, in seconds since 1970. */
  readonly written: ReadonlyMap<string, number>;
}

const noLogin = 4_294_967_295;
/** USER_HZ, the same on every Linux. */
const ticksPerSecond = 100;

/** All that were seen, by their numbers: whatever listens with all its parents, and of the others their names. */
export function processesOf(answers: Answers): ReadonlyMap<number, SeenProcess> {
  const groups = filesBy(answers, 'process-groups') ?? new Map<string, string[]>();
  const found = new Map<number, SeenProcess>();
  for (const [path, lines] of filesBy(answers, 'process-table') ?? []) {
    const pid = Number(/^\/proc\/(\d{1,9})\/status$/.exec(path)?.[1]);
    if (!Number.isInteger(pid)) continue;
    const cgroup = groups.get(`/proc/${pid}/cgroup`) ?? [];
    found.set(pid, processFrom(answers, pid, { status: lines, cgroup, stat: [], loginuid: [] }));
  }
  for (const id of answers.keys()) {
    const pid = Number(/^process-(\d{1,9})$/.exec(id)?.[1]);
    const files = Number.isInteger(pid) ? filesBy(answers, id) : null;
    if (files === null) continue;
    const linesOf = (name: string): readonly string[] => files.get(`/proc/${pid}/${name}`) ?? [];
    const status = linesOf('status');
    if (status.length === 0) continue;
    const [cgroup, stat, loginuid] = ['cgroup', 'stat', 'loginuid'].map(linesOf);
    const lines = { status, cgroup: cgroup ?? [], stat: stat ?? [], loginuid: loginuid ?? [] };
    found.set(pid, processFrom(answers, pid, lines));
  }
  return found;
}

interface Lines {
  readonly status: readonly string[];
  readonly cgroup: readonly string[];
  readonly stat: readonly string[];
  readonly loginuid: readonly string[];
}

function processFrom(answers: Answers, pid: number, lines: Lines): SeenProcess {
  const status = new Map(lines.status.map((line) => pairOf(line, ':')));
  // The name, in brackets, may hold brackets and blanks of its own: the numbers stand behind the last.
  const numbers = lines.stat
    .join(' ')
    .replace(/^.*\) /, '')
    .split(' ');
  const [terminal, ticks] = [numberIn(numbers[4]), numberIn(numbers[19])];
  const links = new Map(said(answers, `links-${pid}`).map((line) => pairOf(line, ' ')));
  const linkOf = (name: string): string | null => links.get(name) || null;
  const login = numberIn(lines.loginuid[0]);
  const ignored = status.get('SigIgn');
  return {
    pid,
    parent: numberIn(status.get('PPid')),
    name: status.get('Name') ?? '',
    uid: numberIn(status.get('Uid')?.split(/\s/)[0]),
    command: said(answers, `arguments-${pid}`),
    executable: linkOf('exe'),
    workingDirectory: linkOf('cwd'),
    streams: ['fd/0', 'fd/1', 'fd/2'].map(linkOf),
    environment: new Map(said(answers, `environment-${pid}`).map((line) => pairOf(line, '='))),
    cgroup: cgroupOf(lines.cgroup),
    ignoresHangup: ignored === undefined ? null : /[13579bdf]$/i.test(ignored.trim()),
    loginUid: login === noLogin ? null : login,
    hasTerminal: terminal === null ? null : terminal !== 0,
    startedAfterBoot: ticks === null ? null : ticks / ticksPerSecond,
    written: new Map(
      said(answers, `written-${pid}`).flatMap((line): readonly [string, number][] => {
        const [at, path] = pairOf(line, ' ');
        return /^\d{1,11}$/.test(at) ? [[path, Number(at)]] : [];
      }),
    ),
  };
}

function said(answers: Answers, id: string): readonly string[] {
  const lines = (toldBy(answers, id) ?? '').split('\n');
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

function pairOf(line: string, mark: string): readonly [string, string] {
  const at = line.indexOf(mark);
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).trim()];
}

function numberIn(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,19}$/.test(text.trim()) ? Number(text) : null;
}

/** A process and whatever has started it, itself first; 1 is the last. */
export function lineageOf(
  processes: ReadonlyMap<number, SeenProcess>,
  pid: number,
): readonly SeenProcess[] {
  const lineage: SeenProcess[] = [];
  let next = processes.get(pid);
  while (next && !lineage.includes(next)) {
    lineage.push(next);
    next = next.parent === null ? undefined : processes.get(next.parent);
  }
  return lineage;
}
