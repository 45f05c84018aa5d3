import type { Listener } from '../../model/audit-facts.ts';
import type { Answers } from '../collect/answers.ts';
import { byNetstat } from './netstat.ts';
import { bySockets } from './sockets.ts';
import { ssSockets } from './ss-line.ts';
import { byText, listedBy } from './told.ts';

/** Whatever listens: as ss(8) tells it, else netstat(8), else the kernel's own table, which has no program. */
export function listenersOf(answers: Answers): readonly Listener[] | null {
  const tcp = listedBy(answers, 'listeners');
  const found =
    tcp === null
      ? joined(byNetstat(answers), bySockets(answers))
      : [
          ...tcp.flatMap((line) => bySs('tcp', line)),
          ...(listedBy(answers, 'datagrams') ?? []).flatMap((line) => bySs('udp', line)),
        ];
  if (found === null) return null;
  const once = new Map(found.map((one) => [placeIn(one), one]));
  return [...once.values()].toSorted(
    (a, b) => byText(a.protocol, b.protocol) || a.port - b.port || byText(a.address, b.address),
  );
}

/** A netstat(8) that is not root's, or of BusyBox, names no owner, where the kernel's own table may. */
function joined(
  told: readonly Listener[] | null,
  sockets: readonly Listener[] | null,
): readonly Listener[] | null {
  if (told === null || sockets === null) return told ?? sockets;
  const known = new Map(sockets.map((one) => [placeIn(one), one]));
  return told.map((one) => {
    const { pid = null, program = null, uid = null } = known.get(placeIn(one)) ?? {};
    const owner = one.pid === null ? { pid, program } : { pid: one.pid, program: one.program };
    return { ...one, ...owner, uid: one.uid ?? uid };
  });
}

function placeIn({ protocol, address, port }: Listener): string {
  return `${protocol} ${address} ${port}`;
}

function bySs(protocol: Listener['protocol'], line: string): readonly Listener[] {
  return ssSockets(line).map(({ address, port, pids, program, uid, cgroup }) => ({
    ...{ protocol, address, port, pid: pids[0] ?? null, program, uid },
    unit: cgroup === null ? null : unitOf(cgroup),
  }));
}

/** The innermost unit of a control group's path. A scope is another one at each login and each start. */
function unitOf(path: string): string | null {
  const unit = path.split('/').findLast((part) => /\.(?:service|scope|socket)$/.test(part));
  return unit === undefined || (unit.endsWith('.scope') && unit !== 'init.scope') ? null : unit;
}
