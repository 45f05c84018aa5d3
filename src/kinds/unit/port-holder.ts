import type { Machine } from '../../transports/contract.ts';
import type { ObserveContext } from '../contract.ts';
import type { PortHolder, Process } from './facts.ts';
import { listenersOf } from './listeners.ts';
import { orNull } from './or-null.ts';

/** The unit by its processes: its main one, and on Linux its cgroup. */
export interface UnitProcesses {
  readonly pid: number;
  readonly controlGroup: string | null;
}

/** They hold ports for others: a service manager's sockets, a container engine's published ports, a VM's forwards. */
const stewards =
  /^(?:systemd|launchd|docker-proxy|com\.docker\S*|rootlessport|conmon|slirp4netns|pasta|limactl|ssh|OrbStack.*)$/;

/** Who holds the port of a unit that runs; null when nobody can tell. */
export async function portHolder(
  port: number,
  unit: UnitProcesses,
  { system, context }: { readonly system: Machine['system']; readonly context: ObserveContext },
): Promise<PortHolder | null> {
  const found = await listenersOf(port, system, context);
  if (found === null) return null;
  const { listening, holders, someHidden } = found;
  const seen = holders.length === 0 ? null : await isOwnOf(holders, unit, context);
  // The one that hides may be the unit's own.
  const isOwn = seen === false && someHidden ? null : seen;
  return { port, listening, holders, isOwn };
}

/** One of its own is enough: another may hold the same port at another address. */
async function isOwnOf(
  holders: readonly Process[],
  unit: UnitProcesses,
  context: ObserveContext,
): Promise<boolean | null> {
  if (holders.some(({ pid }) => pid === unit.pid)) return true;
  if (holders.some(({ name }) => stewards.test(name))) return null;
  if (unit.controlGroup !== null) return inGroup(holders, unit.controlGroup, context);
  return inTree(holders, unit.pid, context);
}

/** `0::/system.slice/x.service` of cgroup v2; v1 has a line `1:name=systemd:/…` (cgroups(7)). */
async function inGroup(
  holders: readonly Process[],
  group: string,
  context: ObserveContext,
): Promise<boolean | null> {
  const { host, transports, options } = context;
  const texts = await Promise.all(
    holders.map(({ pid }) =>
      orNull(transports.readFile(host, `/proc/${pid}/cgroup`, options), context),
    ),
  );
  const groups = texts.map((text) => /^\d+:(?:name=systemd)?:(\/.*)$/m.exec(text ?? '')?.[1]);
  if (groups.some((one) => one === group || one?.startsWith(`${group}/`))) return true;
  return groups.includes(undefined) ? null : false;
}

/** Whether the unit's process is one of the holders' parents. */
async function inTree(
  holders: readonly Process[],
  root: number,
  context: ObserveContext,
): Promise<boolean | null> {
  const { host, transports, options } = context;
  const argv = ['ps', '-axo', 'pid=,ppid='] as const;
  const output = await orNull(transports.exec({ on: host, argv }, options), context);
  if (output?.exitCode !== 0) return null;
  const rows = [...output.stdout.matchAll(/^\s*(\d+)\s+(\d+)\s*$/gm)];
  const parents = new Map(rows.map(([, pid, parent]) => [Number(pid), Number(parent)]));
  if (!parents.has(root) || !holders.every(({ pid }) => parents.has(pid))) return null;
  return holders.some(({ pid }) => ancestorsOf(pid, parents).has(root));
}

function ancestorsOf(pid: number, parents: ReadonlyMap<number, number>): ReadonlySet<number> {
  const seen = new Set<number>();
  let at = parents.get(pid);
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    at = parents.get(at);
  }
  return seen;
}
