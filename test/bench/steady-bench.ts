import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLiveTransports } from '../../src/transports/live.ts';
import type { Bench } from './bench.ts';
import { clientPortsTo } from './client-ports.ts';
import { type RealNetwork, startRealNetwork } from './real-network.ts';
import type { SteadyReading } from './steady-child.ts';
import { type SteadyMoment, steadyFigures } from './steady-figures.ts';

/** Ten rounds at one a second over real servers: what they open, start and cost. */
export const steadyBench: Bench = {
  name: 'steady',
  needs: ['redis', 'caddy'],
  measure: async () => {
    const network = await startRealNetwork({ interval: '1s' });
    const httpServers = [network.quick, ...network.slow];
    const watching = createLiveTransports();
    const accepted = async (): Promise<SteadyMoment['servers']> => ({
      http: httpServers.reduce((sum, server) => sum + server.connections(), 0),
      redis: await acceptedByRedis(network, watching.redis),
      caddy: clientPortsTo(network.caddy.ports.valid).size,
    });
    try {
      await accepted();
      return steadyFigures(...(await watch(network, accepted)));
    } finally {
      await watching.close();
      await network.stop();
    }
  },
};

type Redis = ReturnType<typeof createLiveTransports>['redis'];

async function watch(
  { folder }: RealNetwork,
  accepted: () => Promise<SteadyMoment['servers']>,
): Promise<[SteadyMoment, SteadyMoment]> {
  const file = fileURLToPath(new URL('./steady-child.ts', import.meta.url));
  const child = fork(file, [join(folder.root, 'inventory.yaml')]);
  const exited = once(child, 'exit');
  const broke = exited.then(([code]) => {
    throw new Error(`the poller's process ended with ${code}`);
  });
  broke.catch(() => {});
  const next = async (): Promise<SteadyMoment> => {
    const [own] = (await Promise.race([once(child, 'message'), broke])) as [SteadyReading];
    return { own, servers: await accepted() };
  };
  const moments: [SteadyMoment, SteadyMoment] = [await next(), await next()];
  child.send('end');
  await exited;
  return moments;
}

/** Over a connection that is kept, so that the asking is not counted. */
async function acceptedByRedis({ redis }: RealNetwork, ask: Redis): Promise<number> {
  const options = { timeoutMs: 5000, signal: new AbortController().signal };
  const { replies } = await ask({ url: redis.url, commands: [['INFO', 'stats']] }, options);
  return Number(/total_connections_received:(\d+)/.exec(replies[0] ?? '')?.[1]);
}
