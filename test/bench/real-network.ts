import { hostname } from 'node:os';
import { type Behaving, httpAnswer, startBehaving } from '../support/behave.ts';
import { type CaddyServer, startCaddy } from '../support/caddy-server.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { startAll } from './start-all.ts';

/** How long the slower of the two http servers takes: what a homelab's page does. */
export const slowMs = 50;

/** Real servers on loopback, this machine, and an inventory that names them all. */
export interface RealNetwork {
  readonly folder: NetworkFolder;
  readonly redis: RedisServer;
  readonly caddy: CaddyServer;
  readonly quick: Behaving;
  /** Each answers after `slowMs`. */
  readonly slow: readonly Behaving[];
  stop(): Promise<void>;
}

/**
 * Starts Redis, Caddy with TLS, and HTTP servers that keep connections: a quick one and one that is
 * slow, or more of these. Writes the inventory.
 */
export async function startRealNetwork({
  interval = '30s',
  slowServers = 1,
} = {}): Promise<RealNetwork> {
  return startAll(async (keep) => {
    const [redis, caddy, quick, ...slow] = await Promise.all([
      keep(startRedis()),
      keep(startCaddy()),
      keep(startHttp('{"status":"running","functions":["a","b","c"]}', 0)),
      ...Array.from({ length: slowServers }, () => keep(startHttp('{"documents":700}', slowMs))),
    ]);
    const text = inventoryText({ redis, caddy, quick, slow }, interval);
    const folder = await keep(startFolder(text));
    return { folder, redis, caddy, quick, slow };
  });
}

/** A network's folder that is removed as servers are stopped. */
export async function startFolder(
  inventory: string,
): Promise<NetworkFolder & { stop(): Promise<void> }> {
  const folder = await makeNetworkFolder(inventory);
  return { ...folder, stop: () => folder.remove() };
}

/** Answers every request on a connection after some time, for as long as the client keeps it. */
export function startHttp(body: string, afterMs: number): Promise<Behaving> {
  const answer = httpAnswer('application/json', body);
  return startBehaving((socket) => {
    socket.setNoDelay(true);
    socket.on('data', () => {
      if (afterMs === 0) socket.write(answer);
      else setTimeout(() => socket.writable && socket.write(answer), afterMs);
    });
  });
}

function inventoryText(
  { redis, caddy, quick, slow }: Pick<RealNetwork, 'redis' | 'caddy' | 'quick' | 'slow'>,
  interval: string,
): string {
  const { ports, certificates } = caddy;
  const tls = `tls: {ca: ${certificates.caFile}, servername: valid.test}`;
  const slowServices = slow.map(
    ({ port, url }, index) =>
      `  - {name: pdf-brain-${index + 1}, host: here, port: ${port}, checks: [{kind: http, url: "${url}", count: documents, unit: docs}]}`,
  );
  return `version: 1
name: bench
defaults: {interval: ${interval}, timeout: 5s}
hosts:
  - {name: here, access: local, hostname: ${hostname()}, disks: [/]}
services:
  - {name: redis, host: here, port: ${redis.port}, checks: [{kind: redis, url: "${redis.url}"}]}
  - {name: caddy, host: here, port: ${ports.valid}, checks: [{kind: http, url: "https://127.0.0.1:${ports.valid}/", json: {status: running}, ${tls}}]}
  - {name: worker, host: here, port: ${quick.port}, checks: [{kind: http, url: "${quick.url}", json: {status: running}, count: functions, unit: functions}]}
${slowServices.join('\n')}
`;
}
