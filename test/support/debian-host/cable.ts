import { run, runIfItCan } from './run.ts';

/** A network namespace of a test host, and the one cable that leads to it. */
export interface Cable {
  /** `/run/netns/…` */
  readonly namespacePath: string;
  /** Of the far end. */
  readonly address: string;
  /** Whatever is sent is lost, and nobody says so. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  remove(): Promise<void>;
}

const prefix = 'jc-';
const farEnd = 'host0';

/**
 * Lays a veth pair into a namespace that bears our process id, with a /30 of 10.213.0.0/16 that
 * nobody else has and no way out of it.
 */
export async function layCable(): Promise<Cable> {
  const name = `${prefix}${process.pid}`;
  const near = `jc${process.pid}`;
  const [nearAddress, address] = addressesOf(process.pid);
  await run('ip', 'netns', 'add', name);
  await run('ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', farEnd, 'netns', name);
  await run('ip', 'address', 'add', `${nearAddress}/30`, 'dev', near);
  await run('ip', 'link', 'set', near, 'up');
  const far = (...args: readonly string[]): Promise<string> => run('ip', '-n', name, ...args);
  await far('address', 'add', `${address}/30`, 'dev', farEnd);
  await far('link', 'set', 'lo', 'up');
  await far('link', 'set', farEnd, 'up');
  return {
    namespacePath: `/run/netns/${name}`,
    address,
    cut: async () => void (await far('link', 'set', farEnd, 'down')),
    mend: async () => void (await far('link', 'set', farEnd, 'up')),
    remove: () => removeCable(name),
  };
}

/** Removes what processes that are gone have left behind. */
export async function removeDeadCables(): Promise<void> {
  const names = (await run('ip', 'netns', 'list')).split('\n').map((line) => line.split(' ')[0]);
  for (const name of names) {
    if (name?.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length)))) {
      await removeCable(name);
    }
  }
}

/** The veth goes with its namespace, as soon as no process is left in it. */
async function removeCable(name: string): Promise<void> {
  const pids = (await run('ip', 'netns', 'pids', name).catch(() => '')).split('\n').filter(Boolean);
  for (const pid of pids) killNow(Number(pid));
  await runIfItCan('ip', 'link', 'delete', `jc${name.slice(prefix.length)}`);
  await runIfItCan('ip', 'netns', 'delete', name);
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function addressesOf(pid: number): readonly [string, string] {
  const net = (pid % 16_384) * 4;
  const base = `10.213.${Math.floor(net / 256)}`;
  return [`${base}.${(net % 256) + 1}`, `${base}.${(net % 256) + 2}`];
}
