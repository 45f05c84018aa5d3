import type { AuditFacts } from '../../model/audit-facts.ts';
import type { Answers } from '../collect/answers.ts';
import { ssSockets } from './ss-line.ts';
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

function rowOf(line: string): readonly Listening[] {
  return ssSockets(line).map(({ address, ...socket }) => ({ ...socket, addresses: [address] }));
}
