import { run } from './run.ts';

/** A network namespace of a test host, and the one cable that leads to it. */
export interface Cable {
  /** `/run/netns/…` */
  readonly namespacePath: string;
  /** Of the far end. */
  readonly address: string;
  /** Whatever is sent is lost, and nobody says so. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

const farEnd = 'host0';

/** The near end's name: an interface's is at most 15 bytes. */
export function linkOf(name: string): string {
  return name.replaceAll('-', '').slice(0, 15);
}

/**
 * Lays a veth pair into a namespace of this name, with a /30 of 10.213.0.0/16 that nobody else has
 * and no way out of it. It is the warden's to remove.
 */
export async function layCable(name: string): Promise<Cable> {
  const near = linkOf(name);
  const [nearAddress, address] = await freeAddresses();
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
  };
}

/** Chosen by this process, which lays several cables at once. */
const chosen = new Set<string>();

/** The first /30 from our process's own on that no interface here is in. */
async function freeAddresses(): Promise<readonly [string, string]> {
  const taken = await run('ip', '-o', '-4', 'address', 'show');
  for (let step = 0; step < 16_384; step++) {
    const net = ((process.pid + step) % 16_384) * 4;
    const base = `10.213.${Math.floor(net / 256)}`;
    const [near, far] = [`${base}.${(net % 256) + 1}`, `${base}.${(net % 256) + 2}`] as const;
    if (chosen.has(near) || taken.includes(`${near}/`)) continue;
    chosen.add(near);
    return [near, far];
  }
  throw new Error('no network of 10.213.0.0/16 is free');
}
