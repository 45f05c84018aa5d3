import { type Amount, atMost, type Figure } from './bench.ts';
import type { SteadyReading } from './steady-child.ts';

/** What is known of the poller at a moment: by itself, and by the servers that count connections. */
export interface SteadyMoment {
  readonly own: SteadyReading;
  readonly servers: Readonly<Record<string, number>>;
}

/** What came after the first moment: nothing opened, nothing started. */
export function steadyFigures(
  what: string,
  first: SteadyMoment,
  last: SteadyMoment,
): readonly Figure[] {
  const { own } = last;
  const more = (read: (moment: SteadyMoment) => number): Amount => ({
    value: read(last) - read(first),
    unit: '',
  });
  const counted = (name: string, ours: Amount, notes: readonly string[]): Figure => {
    return { name, ours, n: 1, versus: null, goal: atMost(ours, 0), notes };
  };
  const names = Object.keys(first.servers);
  const side = names.map((name) => `${name} ${first.servers[name]} → ${last.servers[name]}`);
  const accepted = ({ servers }: SteadyMoment): number =>
    Object.values(servers).reduce((sum, count) => sum + count, 0);
  const cpu = (own.cpuMs - first.own.cpuMs) / (own.wallMs - first.own.wallMs);
  return [
    counted(
      `${what}: connections opened in 10 rounds`,
      more((at) => at.own.connections),
      [`opened before: ${first.own.connections}; up: ${own.up} of ${own.checks} checks`],
    ),
    counted(
      `${what}: the same by Node's diagnostics channel`,
      more((at) => at.own.seen.sockets),
      [`sockets made before: ${first.own.seen.sockets}`],
    ),
    counted(`${what}: the same as the servers saw it`, more(accepted), [
      `connections accepted: ${side.join(', ')}`,
    ]),
    counted(
      `${what}: processes started`,
      more((at) => at.own.processes),
      [],
    ),
    counted(
      `${what}: the same by Node's diagnostics channel`,
      more((at) => at.own.seen.programs),
      [],
    ),
    {
      name: `${what}: CPU of one core`,
      ours: { value: 100 * cpu, unit: '%' },
      n: 1,
      versus: null,
      goal: null,
    },
    {
      name: `${what}: RSS`,
      ours: { value: own.rssBytes / 2 ** 20, unit: 'MB' },
      n: 1,
      versus: null,
      goal: null,
    },
  ];
}
