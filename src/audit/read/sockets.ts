import type { Listener } from '../../model/audit-facts.ts';
import type { Answers } from '../collect/answers.ts';
import { filesBy, listedBy } from './told.ts';

const socketLine =
  /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) \S+ ([0-9A-F]{2}) \S+ \S+ \S+\s+(\d{1,10})\s+\d+\s+(\d{1,20})\s/;

/** proc_net(5): 0A is LISTEN; of datagrams 07 is one that is bound and has no peer. */
export function bySockets(answers: Answers): readonly Listener[] | null {
  const files = filesBy(answers, 'sockets');
  if (files === null) return null;
  const owners = ownersOf(answers);
  const names = filesBy(answers, 'names');
  return [...files].flatMap(([path, lines]) => {
    const protocol = path.includes('udp') ? 'udp' : 'tcp';
    return lines.flatMap((line): readonly Listener[] => {
      const [, address = '', port = '', state = '', uid = '', inode = ''] =
        socketLine.exec(line) ?? [];
      if (state !== (protocol === 'tcp' ? '0A' : '07')) return [];
      const pid = owners.get(inode) ?? null;
      const program = names?.get(`/proc/${pid}/comm`)?.[0]?.trim() ?? null;
      return [
        {
          ...{ protocol, address: addressOf(address), port: Number.parseInt(port, 16) },
          ...{ pid, program, uid: Number(uid), unit: null },
        },
      ];
    });
  });
}

/** The process that has each socket open, by its inode, as far as that is shown. */
function ownersOf(answers: Answers): ReadonlyMap<string, number> {
  const lines = listedBy(answers, 'socket-owners') ?? [];
  return new Map(
    lines.flatMap((line): readonly [string, number][] => {
      const [, inode = '', pid = ''] = /^(\d{1,20}) (\d{1,9})$/.exec(line) ?? [];
      return pid === '' ? [] : [[inode, Number(pid)]];
    }),
  );
}

/** Words of 32 bits, each as a little-endian machine holds it. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).toReversed().map((pair) => Number.parseInt(pair, 16)),
  );
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  );
  return shortened(groups.join(':'));
}

/** RFC 5952: the longest run of zeros is left out. */
function shortened(address: string): string {
  const runs = [...address.matchAll(/(?:^|:)(?:0(?::|$)){2,}/g)].map(([run]) => run);
  const [longest] = runs.toSorted((a, b) => b.length - a.length);
  return longest === undefined ? address : address.replace(longest, '::');
}
