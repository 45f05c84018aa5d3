import { createLiveTransports } from '../../src/transports/live.ts';
import type { RedisServer } from '../support/redis-server.ts';
import type { Bench } from './bench.ts';
import { clientPortsTo } from './client-ports.ts';
import { startRealNetwork } from './real-network.ts';
import { steadyFigures } from './steady-figures.ts';
import { watchSteadily } from './watch-steadily.ts';

/** Ten rounds at one a second over real servers: what they open, start and cost. */
export const steadyBench: Bench = {
  name: 'steady',
  needs: ['redis', 'caddy'],
  measure: async () => {
    const network = await startRealNetwork({ interval: '1s' });
    const httpServers = [network.quick, ...network.slow];
    const watching = createLiveTransports();
    const accepted = async () => ({
      http: httpServers.reduce((sum, server) => sum + server.connections(), 0),
      redis: await acceptedByRedis(network.redis, watching.redis),
      caddy: clientPortsTo(network.caddy.ports.valid).size,
    });
    try {
      await accepted();
      const [first, last] = await watchSteadily(network.folder, { afterMs: 0, accepted });
      return steadyFigures('steady', first, last);
    } finally {
      await watching.close();
      await network.stop();
    }
  },
};

type Redis = ReturnType<typeof createLiveTransports>['redis'];

/** Over a connection that is kept, so that the asking is not counted. */
export async function acceptedByRedis(redis: RedisServer, ask: Redis): Promise<number> {
  const options = { timeoutMs: 5000, signal: new AbortController().signal };
  const { replies } = await ask({ url: redis.url, commands: [['INFO', 'stats']] }, options);
  return Number(/total_connections_received:(\d+)/.exec(replies[0] ?? '')?.[1]);
}
