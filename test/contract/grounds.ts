import { createLab } from '../../src/lab/index.ts';
import type { Host } from '../../src/model/inventory.ts';
import { createClock } from '../../src/transports/clock.ts';
import type { HttpRequest, Transports } from '../../src/transports/contract.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { neverAnswer, startBehaving } from '../support/behave.ts';
import { startCaddy } from '../support/caddy-server.ts';
import { freePort } from '../support/free-port.ts';
import { startRedis } from '../support/redis-server.ts';
import { ownSshConfig } from '../support/ssh-config.ts';
import { startSshd } from '../support/sshd-server.ts';

/** A place that is asked over tcp, and over http at its path. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** Something to ask over one implementation of the transports: the same questions on each. */
export interface Ground {
  readonly transports: Transports;
  readonly here: Host;
  /** Answered with 200 and JSON whose `status` is `running`. */
  readonly http: HttpRequest;
  readonly redisUrl: string;
  readonly tls: { readonly host: string; readonly port: number; readonly servername: string };
  readonly refusing: Target;
  readonly silent: Target;
  /** A program that ends well and prints something. */
  readonly program: readonly [string, ...string[]];
  /** A host that is asked over ssh, where the ground has one. */
  readonly there: Host | null;
  stop(): Promise<void>;
}

const panda: Host = {
  name: 'panda',
  description: '',
  access: 'local',
  ssh: null,
  hostname: null,
  tailscale: null,
  disks: ['/'],
};

/** The simulated network, with one target that refuses and one that is silent. */
export async function labGround(): Promise<Ground> {
  const { transports, world } = createLab('healthy', { clock: createClock() });
  world.fail('localhost:6333', {
    code: 'refused',
    side: 'target',
    message: 'connection refused by localhost:6333',
  });
  world.fail('clanker-001:3847', 'hang');
  return {
    transports,
    here: panda,
    http: { url: 'http://localhost:3111/', method: 'GET', headers: {}, tls: {} },
    redisUrl: 'redis://localhost:6379',
    tls: { host: 'localhost', port: 9443, servername: 'panda.tail7af24.ts.net' },
    refusing: { host: 'localhost', port: 6333, path: '/readyz' },
    silent: { host: 'clanker-001', port: 3847, path: '/' },
    program: ['/usr/bin/sw_vers', '-productVersion'],
    there: null,
    stop: () => transports.close(),
  };
}

/** Real servers on loopback: Redis, Caddy, one that never answers. */
export async function liveGround(): Promise<Ground> {
  const config = await ownSshConfig();
  const [sshd, redis, caddy, silent, closed] = await Promise.all([
    startSshd(),
    startRedis(),
    startCaddy(),
    startBehaving(neverAnswer),
    freePort(),
  ]);
  const transports = createLiveTransports();
  const host = '127.0.0.1';
  return {
    transports,
    here: panda,
    http: {
      url: `https://localhost:${caddy.ports.valid}/`,
      method: 'GET',
      headers: {},
      tls: { ca: caddy.certificates.ca },
    },
    redisUrl: redis.url,
    tls: { host, port: caddy.ports.valid, servername: 'valid.test' },
    refusing: { host, port: closed, path: '/' },
    silent: { host, port: silent.port, path: '/' },
    program: ['uname', '-s'],
    there: sshd.host(),
    stop: async () => {
      await transports.close();
      const servers = [sshd, redis, caddy, silent];
      await Promise.all(servers.map((server) => server.stop()));
      await config.restore();
    },
  };
}
