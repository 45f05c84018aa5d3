import { createLiveTransports } from '../../src/transports/live.ts';
import { type Amount, atMost, type Bench, type Figure } from './bench.ts';
import { clientPortsTo } from './client-ports.ts';
import { type HomelabNetwork, startHomelab } from './homelab-network.ts';
import type { KubeReading } from './kube-child.ts';
import { type SeenBySshd, seenBy } from './ssh-box.ts';
import { acceptedByRedis } from './steady-bench.ts';
import { type SteadyMoment, steadyFigures } from './steady-figures.ts';
import { watchSteadily } from './watch-steadily.ts';

const what = 'homelab steady';

/** More units on each host than may be asked at once. */
const unitsPerBox = 6;
const mostChannels = 4;

/**
 * A list younger than a second answers as it is, so in rounds of 1 s the second or the third one opens
 * the watches: from then on it is counted.
 */
const settledMs = 2500;

/** Ten rounds at one a second over ssh hosts and a cluster: what they open, start and cost. */
export const homelabSteadyBench: Bench = {
  name: 'homelab-steady',
  needs: ['redis', 'caddy', 'ssh', 'sshd'],
  measure: async () => {
    const sshdConfig = ['LogLevel DEBUG1'];
    const network = await startHomelab({ interval: '1s', unitsPerBox, sshdConfig });
    const asking = createLiveTransports();
    const readings: KubeReading[] = [];
    const accepted = async (): Promise<SteadyMoment['servers']> => {
      const kube = await network.kube.reading();
      readings.push(kube);
      return {
        ...(await acceptedByServers(network, asking)),
        kube: kube.connections,
      };
    };
    try {
      await acceptedByServers(network, asking);
      const moments = await watchSteadily(network.folder, { afterMs: settledMs, accepted });
      const boxes = network.boxes.map(seenBy);
      return [...steadyFigures(what, ...moments), ...sshFigures(boxes), kubeFigure(readings)];
    } finally {
      await asking.close();
      await network.stop();
    }
  },
};

async function acceptedByServers(
  { redis, caddy, slow, boxes }: HomelabNetwork,
  asking: ReturnType<typeof createLiveTransports>,
): Promise<SteadyMoment['servers']> {
  const sshd = boxes.map((box) => [box.name, seenBy(box).connections] as const);
  return {
    http: slow.connections(),
    redis: await acceptedByRedis(redis, asking.redis),
    caddy: clientPortsTo(caddy.ports.valid).size,
    ...Object.fromEntries(sshd),
  };
}

function sshFigures(boxes: readonly SeenBySshd[]): readonly Figure[] {
  const most = (read: (seen: SeenBySshd) => number): Amount => {
    return { value: Math.max(...boxes.map(read)), unit: '' };
  };
  const figure = (name: string, ours: Amount, limit: number): Figure => {
    return { name: `${what}: ${name}`, ours, n: 1, versus: null, goal: atMost(ours, limit) };
  };
  const logins = most((seen) => seen.logins);
  const running = most((seen) => seen.running);
  const sessions = boxes.map((seen) => seen.sessions).join(' and ');
  const held = most((seen) => seen.held).value;
  return [
    figure('logins by ssh, the most of a host', logins, 1),
    {
      ...figure('channels at once, the most of a host', running, mostChannels),
      notes: [
        `programs that ran at once, by sshd's log; it held ${held} sessions at most, as it lets go of ended ones a moment later`,
        `${sessions} programs were run on the 2 hosts, ${unitsPerBox} units on each`,
      ],
    },
  ];
}

/** Watches are asked for anew every 10 s, each on the connection that it has. */
function kubeFigure(readings: readonly KubeReading[]): Figure {
  const [first, last] = [readings.at(0), readings.at(-1)];
  const { watching = {}, watches = 0, connections = 0 } = last ?? {};
  const most = Math.max(0, ...Object.values(watching));
  const ours: Amount = { value: most, unit: '' };
  const kinds = Object.entries(watching).map(([resource, open]) => `${resource} ${open}`);
  return {
    name: `${what}: open watches, the most of a kind`,
    ours,
    n: 1,
    versus: null,
    goal: { text: '= 1', met: most === 1 && Object.values(watching).every((open) => open === 1) },
    notes: [
      `${kinds.join(', ')}; asked for ${first?.watches} → ${watches} times over ${first?.connections} → ${connections} connections`,
    ],
  };
}
