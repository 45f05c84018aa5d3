import { hostname } from 'node:os';
import type { Behaving } from '../support/behave.ts';
import { type CaddyServer, startCaddy } from '../support/caddy-server.ts';
import { recordedFunctions } from '../support/inngest-recorded.ts';
import { type RecordedInngest, startInngest } from '../support/inngest-server.ts';
import { type InngestWorker, startWorker } from '../support/inngest-worker.ts';
import type { NetworkFolder } from '../support/network-folder.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { type KubeProcess, startKubeProcess } from './kube-process.ts';
import { startFolder, startHttp } from './real-network.ts';
import { type SshBox, startSshBox } from './ssh-box.ts';
import { startAll } from './start-all.ts';

/** How long the one slow server takes, so that it is plain which check is the slowest. */
export const slowestMs = 300;

const app = 'system-bus';
/** All that the recorded cluster runs. */
const workloads = ['inngest', 'qdrant', 'redis'];

/** What a network of joelclaw's own kind is made of. */
interface HomelabServers {
  readonly redis: RedisServer;
  readonly caddy: CaddyServer;
  readonly worker: InngestWorker;
  readonly inngest: RecordedInngest;
  readonly kube: KubeProcess;
  readonly boxes: readonly SshBox[];
  /** Answers after `slowestMs`. */
  readonly slow: Behaving;
}

export interface HomelabNetwork extends HomelabServers {
  readonly folder: NetworkFolder;
  /** What each box runs. */
  readonly units: readonly string[];
  stop(): Promise<void>;
}

/**
 * This machine, two hosts behind real sshd with systemd units, Redis, Caddy with TLS, a worker on the
 * real Inngest SDK, and the recorded Inngest server and cluster. Writes the inventory.
 */
export function startHomelab({
  interval = '30s',
  unitsPerBox = 2,
  sshdConfig = [] as readonly string[],
} = {}): Promise<HomelabNetwork> {
  const units = Array.from({ length: unitsPerBox }, (_, index) => `works-${index + 1}.service`);
  return startAll(async (keep) => {
    const worker = keep(startWorker({ app, functions: recordedFunctions }));
    const functions = worker.then(({ api }) =>
      startInngest({ app, worker: api, functions: recordedFunctions, ran: true }),
    );
    const [redis, caddy, slow, kube, inngest, ...boxes] = await Promise.all([
      keep(startRedis()),
      keep(startCaddy()),
      keep(startHttp('{"documents":700}', slowestMs)),
      keep(startKubeProcess()),
      keep(functions),
      ...['box-1', 'box-2'].map((name) => keep(startSshBox(name, sshdConfig))),
    ]);
    const servers = { redis, caddy, worker: await worker, inngest, kube, boxes, slow };
    const folder = await keep(startFolder(inventoryText({ ...servers, units }, interval)));
    return { ...servers, units, folder };
  });
}

function inventoryText(
  { units, ...servers }: HomelabServers & Pick<HomelabNetwork, 'units'>,
  interval: string,
): string {
  const { kube, inngest, worker, boxes } = servers;
  const unitsOn = ({ name: host }: SshBox): readonly object[] =>
    units.map((unit) => {
      return { name: unit.replace('.service', ''), host, manager: { kind: 'systemd', unit } };
    });
  const namespaces = ['joelclaw'];
  const inventory = {
    version: 1,
    name: 'homelab',
    defaults: { interval, timeout: '5s' },
    hosts: [{ name: 'here', access: 'local', hostname: hostname() }, ...boxes.map(hostOf)],
    clusters: [{ name: 'joelclaw', host: 'here', ...accessOf(kube), namespaces }],
    services: [...workloads.map(workload), ...pagesOf(servers), ...boxes.flatMap(unitsOn)],
    inngest: [{ name: 'functions', url: inngest.url, worker: worker.api, app }],
  };
  // JSON is YAML too.
  return `${JSON.stringify(inventory, null, 2)}\n`;
}

function accessOf({ kubeconfig, context }: KubeProcess): object {
  return { kubeconfig, context };
}

function hostOf({ name, user, port, keyFile, knownHosts }: SshBox): object {
  const ssh = { host: '127.0.0.1', port, user, identityFile: keyFile, knownHosts: [knownHosts] };
  return { name, access: 'ssh', ssh };
}

function workload(name: string): object {
  const manager = { kind: 'k8s', cluster: 'joelclaw', workload: `statefulset/${name}` };
  return { name: `${name}-set`, host: 'here', manager };
}

function pagesOf({ redis, caddy, worker, slow }: HomelabServers): readonly object[] {
  const { certificates, ports } = caddy;
  const tls = { ca: certificates.caFile, servername: 'valid.test' };
  const on = (name: string, port: number, check: object): object => {
    return { name, host: 'here', port, checks: [check] };
  };
  const counted = { count: 'functions', unit: 'functions' };
  const url = `https://127.0.0.1:${ports.valid}/`;
  return [
    on('redis', redis.port, { kind: 'redis', url: redis.url }),
    on('caddy', ports.valid, { kind: 'http', url, json: { status: 'running' }, tls }),
    on('worker', worker.port, { kind: 'http', url: worker.url, ...counted }),
    on('pdf-brain', slow.port, { kind: 'http', url: slow.url, count: 'documents', unit: 'docs' }),
  ];
}
