import type { Listener } from '../../model/audit-facts.ts';
import type { Answers } from '../collect/answers.ts';
import { placeOf } from './socket-place.ts';
import { listedBy } from './told.ts';

const netstatLine = /^(tcp|udp)6?\s+\d+\s+\d+\s+(\S+)\s+\S+\s*(LISTEN\b)?\s*(.*)$/;

/** netstat(8) of net-tools and of BusyBox: `tcp  0  0 0.0.0.0:22  0.0.0.0:*  LISTEN  31/sshd`. */
export function byNetstat(answers: Answers): readonly Listener[] | null {
  const lines = listedBy(answers, 'netstat');
  return (
    lines?.flatMap((line): readonly Listener[] => {
      const [, protocol, local, listens, owner = ''] = netstatLine.exec(line) ?? [];
      const place = local === undefined ? null : placeOf(local);
      if (place === null || (protocol === 'tcp' && listens === undefined)) return [];
      const [, pid, program] = /(?:^|\s)(\d{1,9})\/(.*\S)/.exec(owner) ?? [];
      return [
        {
          ...{ protocol: protocol === 'udp' ? 'udp' : 'tcp', ...place },
          pid: pid === undefined ? null : Number(pid),
          ...{ program: program ?? null, uid: null, unit: null },
        },
      ];
    }) ?? null
  );
}
