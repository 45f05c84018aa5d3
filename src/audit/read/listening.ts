import type { AuditFacts } from '../../model/audit-facts.ts';
import type { Answers } from '../collect/answers.ts';
import { listedBy } from './told.ts';

/** A port that is listened on: by whom, as far as that is shown. */
export interface Listening {
  readonly port: number;
  readonly addresses: readonly string[];
  /** All that hold it; empty where they are hidden from us. */
  readonly pids: readonly number[];
  readonly program: string | null;
  readonly uid: number | null;
  /** In which the socket was made. */
  readonly cgroup: string | null;
}

/** By port; null where nothing tells what listens. The TCP ports alone: a program has many of UDP for a while. */
export function listeningOn(answers: Answers, facts: AuditFacts): readonly Listening[] | null {
  const rows =
    listedBy(answers, 'listeners')?.flatMap(rowOf) ??
    facts.network.listeners?.flatMap(({ protocol, address, port, pid, program, uid }) =>
      protocol === 'udp'
        ? []
        : [
            {
              ...{ port, addresses: [address], pids: pid === null ? [] : [pid] },
              ...{ program, uid, cgroup: null },
            },
          ],
    );
  if (rows === undefined) return null;
  const ports = new Map<number, Listening>();
  for (const row of rows) {
    const other = ports.get(row.port);
    ports.set(row.port, other ? joined(other, row) : row);
  }
  return [...ports.values()].toSorted((a, b) => a.port - b.port);
}

function joined(one: Listening, other: Listening): Listening {
  return {
    port: one.port,
    addresses: [...new Set([...one.addresses, ...other.addresses])].toSorted(),
    pids: [...new Set([...one.pids, ...other.pids])],
    program: one.program ?? other.program,
    uid: one.uid ?? other.uid,
    cgroup: one.cgroup ?? other.cgroup,
  };
}

const ssLine = /^\s*(?:LISTEN\s+)?\d+\s+\d+\s+(\S+):(\d{1,5})\s+\S+\s*(.*)$/;

function rowOf(line: string): readonly Listening[] {
  const [, address = '', port = '', rest = ''] = ssLine.exec(line) ?? [];
  if (port === '') return [];
  // The name of a program may hold anything: what the kernel says stands behind the last bracket.
  const [, users = '', told = ''] = /^(?:users:\((.*)\)(?=\s|$))?(.*)$/.exec(rest) ?? [];
  const [, uid] = /(?:^|\s)uid:(\d{1,10})(?:\s|$)/.exec(told) ?? [];
  const isTold = /(?:^|\s)ino:\d/.test(told);
  return [
    {
      port: Number(port),
      addresses: [address.replace(/[[\]]/g, '').replace(/%.*$/, '')],
      pids: [...users.matchAll(/",pid=(\d{1,9}),fd=\d+\)/g)].map(([, pid]) => Number(pid)),
      program: /^\("(.*?)",pid=/.exec(users)?.[1] ?? null,
      // It tells none of root.
      uid: uid === undefined ? (isTold ? 0 : null) : Number(uid),
      cgroup: /(?:^|\s)cgroup:(\S+)/.exec(told)?.[1] ?? null,
    },
  ];
}
