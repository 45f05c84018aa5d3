import { type Amount, atMost, type Figure } from './bench.ts';
import type { SteadyReading } from './steady-child.ts';

/** What is known of the poller after the first round and at the end: by itself and by the servers. */
export interface SteadyMoment {
  readonly own: SteadyReading;
  readonly servers: Readonly<Record<'http' | 'redis' | 'caddy', number>>;
}

/** What came after the first round: nothing opened, nothing started. */
export function steadyFigures(first: SteadyMoment, last: SteadyMoment): readonly Figure[] {
  const { own } = last;
  const more = (read: (moment: SteadyMoment) => number): Amount => ({
    value: read(last) - read(first),
    unit: '',
  });
  const counted = (name: string, ours: Amount, notes: readonly string[]): Figure => {
    return { name, ours, n: 1, versus: null, goal: atMost(ours, 0), notes };
  };
  const side = (['http', 'redis', 'caddy'] as const).map(
    (name) => `${name} ${first.servers[name]} → ${last.servers[name]}`,
  );
  const cpu = (own.cpuMs - first.own.cpuMs) / (own.wallMs - first.own.wallMs);
  return [
    counted(
      'steady: connections opened in 10 rounds',
      more((at) => at.own.connections),
      [
        `after the first round, which opened ${first.own.connections}; up: ${own.up} of ${own.checks} checks`,
      ],
    ),
    counted(
      "steady: the same by Node's diagnostics channel",
      more((at) => at.own.seen.sockets),
      [`sockets made in the first round: ${first.own.seen.sockets}`],
    ),
    counted(
      'steady: the same as the servers saw it',
      more(({ servers }) => servers.http + servers.redis + servers.caddy),
      [`connections accepted: ${side.join(', ')}`],
    ),
    counted(
      'steady: processes started',
      more((at) => at.own.processes),
      [],
    ),
    counted(
      "steady: the same by Node's diagnostics channel",
      more((at) => at.own.seen.programs),
      [],
    ),
    {
      name: 'steady: CPU of one core',
      ours: { value: 100 * cpu, unit: '%' },
      n: 1,
      versus: null,
      goal: null,
    },
    {
      name: 'steady: RSS',
      ours: { value: own.rssBytes / 2 ** 20, unit: 'MB' },
      n: 1,
      versus: null,
      goal: null,
    },
  ];
}
