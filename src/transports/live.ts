import { hostname } from 'node:os';
import { createClock } from './clock.ts';
import type { Machine, Transports } from './contract.ts';
import { createExec } from './exec.ts';
import { createFiles } from './files.ts';
import { createHttp } from './http.ts';
import { createHttpAgents } from './http-agents.ts';
import { createKube } from './kube/kube.ts';
import { assertLocal } from './local-only.ts';
import { createRedis } from './redis.ts';
import { createSockets } from './sockets.ts';
import { createTcp } from './tcp.ts';
import { createTls } from './tls.ts';

/**
 * The transports that reach the real world, with connections that are kept between rounds. None of
 * them keeps the process alive by resting; `close` ends them and every program that still runs.
 */
export function createLiveTransports(): Transports {
  const sockets = createSockets();
  const agents = createHttpAgents(sockets);
  const programs = createExec();
  const { readFile, diskUsage } = createFiles();
  const tls = createTls(sockets);
  const clusters = createKube({ sockets, tls });
  return {
    clock: createClock(),
    hostname: hostname(),
    machine: async (on) => {
      assertLocal(on);
      return thisMachine();
    },
    exec: programs.exec,
    http: createHttp(sockets, agents),
    tcp: createTcp(sockets),
    tls,
    redis: createRedis(sockets),
    kube: clusters.kube,
    readFile,
    diskUsage,
    counts: () => ({ connections: sockets.count(), processes: programs.count() }),
    close: async () => {
      clusters.close();
      agents.close();
      sockets.close();
      programs.close();
    },
  };
}

function thisMachine(): Machine {
  const { platform } = process;
  const system = platform === 'linux' || platform === 'darwin' ? platform : 'other';
  return { system, uid: process.getuid?.() ?? 0 };
}
