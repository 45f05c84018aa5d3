import { placeOf } from './socket-place.ts';

/** A socket that listens, as a line of `ss -H -ltnpe` or `-lunpe` tells it. */
export interface SsSocket {
  readonly address: string;
  readonly port: number;
  /** All that hold it; empty where they are hidden from us. */
  readonly pids: readonly number[];
  readonly program: string | null;
  readonly uid: number | null;
  /** In which the socket was made. */
  readonly cgroup: string | null;
}

/** A state (where it is told), two queues, where it listens, from where it would take, and the rest. */
const ssLine = /^\s*(?:[A-Z-]+\s+)?\d+\s+\d+\s+(\S+)\s+\S+\s*(.*)$/;

/** None of a line that tells of no socket. */
export function ssSockets(line: string): readonly SsSocket[] {
  const [, local, rest = ''] = ssLine.exec(line) ?? [];
  const place = local === undefined ? null : placeOf(local);
  if (place === null) return [];
  // The name of a program may hold anything: what the kernel says stands behind the last bracket.
  const [, users = '', told = ''] = /^(?:users:\((.*)\)(?=\s|$))?(.*)$/.exec(rest) ?? [];
  const [, uid] = /(?:^|\s)uid:(\d{1,10})(?:\s|$)/.exec(told) ?? [];
  const isTold = /(?:^|\s)ino:\d/.test(told);
  return [
    {
      ...place,
      pids: [...users.matchAll(/",pid=(\d{1,9}),fd=\d+\)/g)].map(([, pid]) => Number(pid)),
      program: /^\("(.*?)",pid=/.exec(users)?.[1] ?? null,
      // It tells none of root.
      uid: uid === undefined ? (isTold ? 0 : null) : Number(uid),
      cgroup: /(?:^|\s)cgroup:(\S+)/.exec(told)?.[1] ?? null,
    },
  ];
}
