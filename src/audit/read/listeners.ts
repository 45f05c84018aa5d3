import type { Listener } from '../../model/audit-facts.ts';
import type { Answers } from '../collect/answers.ts';
import { byNetstat } from './netstat.ts';
import { placeOf } from './socket-place.ts';
import { bySockets } from './sockets.ts';
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

/** A state (where it is told), two queues, where it listens, from where it would take, and the rest. */
const ssLine = /^\s*(?:[A-Z-]+\s+)?\d+\s+\d+\s+(\S+)\s+\S+\s*(.*)$/;

function bySs(protocol: Listener['protocol'], line: string): readonly Listener[] {
  const [, local, rest = ''] = ssLine.exec(line) ?? [];
  const place = local === undefined ? null : placeOf(local);
  if (place === null) return [];
  // The name of a program may hold anything: what the kernel says stands behind the last of them.
  const [, users = '', told = ''] = /^(?:users:\((.*)\)(?=\s|$))?(.*)$/.exec(rest) ?? [];
  const [, program, pid] = /^\("(.*?)",pid=(\d{1,9}),/.exec(users) ?? [];
  const [, uid] = /(?:^|\s)uid:(\d{1,10})(?:\s|$)/.exec(told) ?? [];
  const isTold = /(?:^|\s)ino:\d/.test(told);
  return [
    {
      ...{ protocol, ...place },
      pid: pid === undefined ? null : Number(pid),
      program: program ?? null,
      // It tells none of root.
      uid: uid === undefined ? (isTold ? 0 : null) : Number(uid),
      unit: unitOf(/(?:^|\s)cgroup:(\S+)/.exec(told)?.[1] ?? ''),
    },
  ];
}

/** The innermost unit of a control group's path. A scope is another one at each login and each start. */
function unitOf(path: string): string | null {
  const unit = path.split('/').findLast((part) => /\.(?:service|scope|socket)$/.test(part));
  return unit === undefined || (unit.endsWith('.scope') && unit !== 'init.scope') ? null : unit;
}
