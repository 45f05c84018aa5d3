import { brokenUnits, crashingUnits } from './answers/launchd-units.ts';
import { evictingRedis } from './answers/redis-info.ts';
import { bigSite } from './big-site.ts';
import { joelclawSite, pagesWith, programsWith } from './joelclaw-site.ts';
import { refusedBy, type Site, type Trouble } from './site.ts';

/** A network in some condition. The site is made when asked for: `big` is not for nothing. */
interface Scenario {
  readonly name: string;
  /** One line for `lab list`. */
  readonly summary: string;
  site(): Site;
}

/** A refusal every 20 s for 12 s, from the start: a one-shot sample sees it down. */
const crashLoop = { periodMs: 20_000, refusesMs: 12_000 };

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
      troubleOf: workerCrashLoop,
    }),
  },
  {
    name: 'clanker-down',
    summary: 'clanker-001 does not answer, and with it pdf-brain',
    site: () => ({ ...joelclawSite, troubleOf: remoteHang(['clanker-001']) }),
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
    name: 'everything-down',
    summary: 'every service refuses or dies, no other host answers; only this machine is left',
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

function workerCrashLoop(target: string, elapsedMs: number): Trouble | null {
  if (target !== 'localhost:3111') return null;
  return elapsedMs % crashLoop.periodMs < crashLoop.refusesMs ? refusedBy(target) : null;
}

/** A machine that is off takes no call and refuses none. */
function remoteHang(hosts: readonly string[]): Site['troubleOf'] {
  const isThere = (target: string, host: string): boolean =>
    target.startsWith(`${host}:`) || target.startsWith(`exec:${host}:`);
  return (target) => (hosts.some((host) => isThere(target, host)) ? 'hang' : null);
}

function everythingDown(target: string, elapsedMs: number): Trouble | null {
  const gone = remoteHang(['clanker-001', 'three-body'])(target, elapsedMs);
  return gone ?? (target.startsWith('exec:') ? null : refusedBy(target));
}
