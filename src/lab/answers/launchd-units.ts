import type { Moment } from '../site.ts';

/** A unit of launchd as it is at some moment. */
export interface UnitNow {
  readonly state: 'running' | 'not running' | 'spawn scheduled';
  readonly runs: number;
  readonly lastExit: '(never exited)' | '0' | '1';
  /** Since it was last started, where that was not its first start. */
  readonly aliveMs?: number;
}

export interface Unit {
  readonly label: string;
  readonly program: string;
  /** The least time between two starts. */
  readonly throttleSeconds: number;
  /** A watcher runs when this changes; a unit without it is kept alive. */
  readonly watches: string | null;
  /** It listens there while it runs. */
  readonly ports: readonly number[];
  /** Null when it is not loaded. */
  now(moment: Moment): UnitNow | null;
}

const home = '/Users/joel';
const running = { state: 'running', runs: 1, lastExit: '(never exited)' } as const;

export const workerLabel = 'com.joel.system-bus-worker';

const worker: Unit = {
  label: workerLabel,
  program: `${home}/.local/bin/worker-start`,
  throttleSeconds: 20,
  watches: null,
  ports: [3111],
  now: () => running,
};

/** Listens for all of the house. */
export const caddy: Unit = {
  label: 'com.joel.caddy',
  program: '/opt/homebrew/bin/caddy',
  throttleSeconds: 10,
  watches: null,
  ports: [443, 8443, 9443],
  now: () => running,
};

const vaultSync: Unit = {
  label: 'com.joel.vault-log-sync',
  program: `${home}/.local/bin/vault-log-sync`,
  throttleSeconds: 10,
  watches: null,
  ports: [],
  now: () => running,
};

const adrSync: Unit = {
  label: 'com.joel.adr-sync-watcher',
  program: `${home}/.local/bin/adr-sync`,
  throttleSeconds: 10,
  watches: `${home}/Vault/docs/decisions`,
  ports: [],
  now: () => ({ state: 'not running', runs: 12, lastExit: '0' }),
};

/** joelclaw's four, as they are when all is well. */
export const wellUnits: readonly Unit[] = [worker, caddy, vaultSync, adrSync];

/** A worker that dies `aliveMs` after each start, and is started once a period. */
export function crashingUnits(loop: {
  readonly periodMs: number;
  readonly refusesMs: number;
}): readonly Unit[] {
  const { periodMs, refusesMs } = loop;
  const now = ({ nowMs, startMs, isMended }: Moment): UnitNow => {
    if (isMended('localhost:3111')) return running;
    const elapsedMs = nowMs - startMs;
    const state = elapsedMs % periodMs < refusesMs ? 'spawn scheduled' : 'running';
    const runs = 211 + Math.floor((elapsedMs + periodMs - refusesMs) / periodMs);
    const aliveMs = Math.max(0, (elapsedMs % periodMs) - refusesMs);
    return { state, runs, lastExit: '1', aliveMs };
  };
  return [{ ...worker, now }, caddy, vaultSync, adrSync];
}

/** Services that end with 1 as soon as they are started, and a watcher that nobody has loaded. */
export function brokenUnits(): readonly Unit[] {
  const dying = (unit: Unit, target: string | null): Unit => ({
    ...unit,
    now: ({ nowMs, startMs, isMended }) => {
      if (target !== null && isMended(target)) return running;
      const runs = 40 + Math.floor((nowMs - startMs) / (unit.throttleSeconds * 1000));
      return { state: 'spawn scheduled', runs, lastExit: '1' };
    },
  });
  return [
    dying(worker, 'localhost:3111'),
    dying(caddy, 'localhost:9443'),
    dying(vaultSync, null),
    { ...adrSync, now: () => null },
  ];
}

/** One that the scenario has not loaded, and a hand has. */
function loadedAnew({ label, watches }: Unit, moment: Moment): UnitNow | null {
  if (!moment.restarted(label)) return null;
  const state = watches === null ? 'running' : 'not running';
  return { state, runs: 0, lastExit: '(never exited)' };
}

/** A unit as it is, with the starts that a hand has made. */
export function nowOf(unit: Unit, moment: Moment): UnitNow | null {
  const now = moment.isUnloaded(unit.label) ? null : (unit.now(moment) ?? loadedAnew(unit, moment));
  const hand = moment.restarted(unit.label);
  if (!now || !hand) return now;
  return { aliveMs: moment.nowMs - hand.atMs, ...now, runs: now.runs + hand.times };
}

/** Where a user's agents lie. */
export function plistPath({ label }: Unit): string {
  return `${home}/Library/LaunchAgents/${label}.plist`;
}

/** Both of its streams go there. */
export function logPath({ label }: Unit): string {
  return `${home}/Library/Logs/${label}.log`;
}

/** The number of a process follows the number of starts. */
export function pidOf({ runs }: UnitNow): number {
  return 1076 + runs * 7;
}
