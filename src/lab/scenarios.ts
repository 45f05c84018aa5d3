import { faultOf } from '../model/fault.ts';
import { editedObjects } from './answers/cluster-objects.ts';
import { kubernetes } from './answers/kubernetes.ts';
import { brokenUnits, crashingUnits } from './answers/launchd-units.ts';
import { editedByHand, managedFiles } from './answers/managed-files.ts';
import { evictingRedis } from './answers/redis-info.ts';
import { longRunning, workerPage } from './answers/worker.ts';
import { bigSite } from './big-site.ts';
import { joelclawSite, pagesWith, programsWith, workerIndex } from './joelclaw-site.ts';
import { type Moment, refusedBy, type Site, sshTarget, type Trouble } from './site.ts';

/** A network in some condition. The site is made when asked for: `big` is not for nothing. */
interface Scenario {
  readonly name: string;
  /** One line for `lab list`. */
  readonly summary: string;
  site(): Site;
}

/** A refusal every 20 s for 12 s, from the start: a one-shot sample sees it down. */
const crashLoop = { periodMs: 20_000, refusesMs: 12_000 };

const qdrant = 'localhost:6333';
const kubeApi = 'kube:joelclaw';

/** The port is another one each time that the node's container starts. */
const remapped = faultOf('refused', 'the API of joelclaw refuses at 127.0.0.1:64784', {
  side: 'prober',
  hint: 'has its port changed? docker port joelclaw-controlplane-1, then talosctl kubeconfig --force',
});

/** All of them; the first is the one to begin with. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'healthy',
    summary: "joelclaw's network with everything well",
    site: () => joelclawSite,
  },
  {
    name: 'worker-crash-loop',
    summary: 'the worker refuses for 12 s, answers for 8 s, and so on for ever',
    site: () => ({
      ...joelclawSite,
      programs: programsWith(crashingUnits(crashLoop)),
      pages: new Map([...joelclawSite.pages, [workerIndex, workerPage(lastStart)]]),
      troubleOf: workerCrashLoop,
    }),
  },
  {
    name: 'clanker-down',
    summary: 'clanker-001 does not answer, and with it pdf-brain',
    site: () => ({ ...joelclawSite, troubleOf: remoteHang(['clanker-001']) }),
  },
  {
    name: 'clanker-key-changed',
    summary:
      'clanker-001 shows another host key than the known one: nobody logs in, pdf-brain answers',
    site: () => ({
      ...joelclawSite,
      troubleOf: (target) => (target === sshTarget('clanker-001') ? keyChanged : null),
    }),
  },
  {
    name: 'redis-evicting',
    summary: 'Redis is at its maxmemory and throws keys away',
    site: () => ({ ...joelclawSite, redis: new Map([['redis://localhost:6379', evictingRedis]]) }),
  },
  {
    name: 'functions-missing',
    summary: 'the worker serves 14 functions, and two of them are registered nowhere',
    site: () => ({
      ...joelclawSite,
      pages: pagesWith({ missing: ['discovery-capture', 'agent-loop-retro'] }),
    }),
  },
  {
    name: 'cron-silent',
    summary: 'the hourly cron of content-sync has completed nothing for five hours',
    site: () => ({ ...joelclawSite, pages: pagesWith({ silentMs: 5 * 3_600_000 }) }),
  },
  {
    name: 'config-drift',
    summary:
      'hands were at work on panda: a route, a key of the environment, a script that is gone',
    site: () => ({ ...joelclawSite, managed: managedFiles(editedByHand), objects: editedObjects }),
  },
  {
    name: 'node-pressure',
    summary: "the cluster's node has no disk left: pods are evicted, and qdrant finds no place",
    site: () => ({
      ...joelclawSite,
      clusters: kubernetes({ diskPressure: true }),
      troubleOf: (target) => (target === qdrant ? refusedBy(target) : null),
    }),
  },
  {
    name: 'kube-away',
    summary: 'the API of the cluster has another port since a restart; what runs in it answers',
    site: () => ({
      ...joelclawSite,
      troubleOf: (target) => (target === kubeApi ? remapped : null),
    }),
  },
  {
    name: 'everything-down',
    summary:
      'every service refuses or dies, no other host answers; this machine and its VM are left',
    site: () => ({
      ...joelclawSite,
      programs: programsWith(brokenUnits()),
      troubleOf: everythingDown,
    }),
  },
  {
    name: 'big',
    summary: '1,000 services on 100 hosts, 20 of them in trouble',
    site: bigSite,
  },
];

/** It answers from when it was last started; one that a hand has mended is not started again. */
function lastStart(moment: Moment): number {
  if (moment.isMended('localhost:3111')) return longRunning(moment);
  const { periodMs, refusesMs } = crashLoop;
  const elapsedMs = moment.nowMs - moment.startMs;
  return moment.nowMs - ((elapsedMs + periodMs - refusesMs) % periodMs);
}

function workerCrashLoop(target: string, elapsedMs: number): Trouble | null {
  if (target !== 'localhost:3111') return null;
  return elapsedMs % crashLoop.periodMs < crashLoop.refusesMs ? refusedBy(target) : null;
}

/** A machine that is off takes no call and refuses none. */
function remoteHang(hosts: readonly string[]): Site['troubleOf'] {
  const isThere = (target: string, host: string): boolean =>
    target.startsWith(`${host}:`) || target === sshTarget(host);
  return (target) => (hosts.some((host) => isThere(target, host)) ? 'hang' : null);
}

/** As somebody in between would look, or a host that was set up anew. */
const keyChanged = faultOf(
  'host-key',
  'the key of clanker-001 has changed: ssh-ed25519 SHA256:Q1v7xXrL0Yf2cV5J1m3o8H4tq6uJw9sK2bN7dPzE0aM is not the one in ~/.ssh/known_hosts:3',
  { hint: 'do not log in before you know why, then replace that line' },
);

function everythingDown(target: string, elapsedMs: number): Trouble | null {
  const gone = remoteHang(['clanker-001', 'three-body'])(target, elapsedMs);
  return gone ?? (/^(?:exec:|files$)/.test(target) ? null : refusedBy(target));
}
