import { hostname } from 'node:os';
import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { Host } from '../model/inventory.ts';
import { createClock } from './clock.ts';
import type { Machine, Transports } from './contract.ts';
import { createExec } from './exec.ts';
import { createFiles } from './files.ts';
import { createHttp } from './http.ts';
import { createHttpAgents } from './http-agents.ts';
import { createKube } from './kube/kube.ts';
import { createRedis } from './redis.ts';
import { createSockets } from './sockets.ts';
import { createSsh } from './ssh/index.ts';
import { createTcp } from './tcp.ts';
import { createTls } from './tls.ts';

interface LiveOptions {
  /** joelclaw's own known_hosts, which every ssh connection reads before the others. */
  readonly knownHosts?: string;
}

/**
 * The transports that reach the real world, with connections that are kept between rounds. None of
 * them keeps the process alive by resting; `close` ends them and every program that still runs.
 */
export function createLiveTransports({ knownHosts }: LiveOptions = {}): Transports {
  const sockets = createSockets();
  const agents = createHttpAgents(sockets);
  const programs = createExec();
  const files = createFiles();
  const ssh = createSsh(sockets, programs, knownHosts ?? null);
  const tls = createTls(sockets);
  const clusters = createKube({ sockets, tls });
  return {
    clock: createClock(),
    hostname: hostname(),
    machine: async (on, options) =>
      on.access === 'ssh' ? ssh.machine(on, options) : thisMachine(),
    exec: (request, options) =>
      request.on.access === 'ssh' ? ssh.exec(request, options) : programs.exec(request, options),
    http: createHttp(sockets, agents),
    tcp: createTcp(sockets),
    tls,
    redis: createRedis(sockets),
    kube: clusters.kube,
    podLog: clusters.podLog,
    rolloutRestart: clusters.rolloutRestart,
    deletePod: clusters.deletePod,
    kubeObject: clusters.kubeObject,
    applyObject: clusters.applyObject,
    readFile: (on, path, options) =>
      on?.access === 'ssh' ? ssh.readFile(on, path, options) : files.readFile(path, options),
    lookAtFiles: (on, paths, options) =>
      on?.access === 'ssh'
        ? ssh.lookAtFiles(on, paths, options)
        : files.lookAtFiles(paths, options),
    tailFile: ({ on, ...request }, options) =>
      on?.access === 'ssh'
        ? ssh.tailFile({ on, ...request }, options)
        : files.tailFile(request, options),
    writeFile: ({ on, ...request }, options) =>
      on?.access === 'ssh'
        ? ssh.writeFile({ on, ...request }, options)
        : files.writeFile(request, options),
    diskUsage: (on, mount, options) =>
      on.access === 'ssh' ? Promise.reject(notMounted(on)) : files.diskUsage(mount, options),
    counts: () => ({ connections: sockets.count(), processes: programs.count() }),
    close: async () => {
      clusters.close();
      agents.close();
      await ssh.close();
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

function notMounted({ name }: Host): FaultError {
  return new FaultError(
    faultOf('tool-missing', `the file systems of ${name} cannot be asked from here`, {
      hint: 'run df there',
    }),
  );
}
