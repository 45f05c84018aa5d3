import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { Machine } from '../../transports/contract.ts';
import type { ObserveContext } from '../contract.ts';
import { askedTogether } from '../together.ts';
import type { Process } from './facts.ts';
import { orNull } from './or-null.ts';

/** Who listens on a port; `holders` is empty where they are hidden from who asks. */
export interface Listeners {
  /** Null when that may be hidden too. */
  readonly listening: boolean | null;
  readonly holders: readonly Process[];
  /** Whether one that listens does not tell who it is. */
  readonly someHidden: boolean;
}

/** Asks one program, and `/proc` where that is missing. */
export async function listenersOf(
  port: number,
  system: Machine['system'],
  context: ObserveContext,
): Promise<Listeners | null> {
  if (system === 'darwin') return bySockets(port, context);
  return (await orNull(bySs(port, context), context)) ?? byProc(port, context);
}

/**
 * `ss -H -ltnp`: a row a socket; `users:(("node",pid=27,fd=19))` stands at its end for root, and for
 * one's own processes.
 */
const bySs = askedTogether<number, Listeners>({
  scopeOf: () => '',
  askAll: async (ports, { host, transports, options }) => {
    const filter = [...new Set(ports)].map((port) => `sport = :${port}`).join(' or ');
    const argv = ['ss', '-H', '-ltnp', filter] as const;
    const { exitCode, stdout } = await transports.exec({ on: host, argv }, options);
    if (exitCode !== 0) throw new FaultError(faultOf('protocol', 'ss does not tell'));
    const rows = stdout.split('\n').filter((row) => row.startsWith('LISTEN'));
    return ports.map((port) => inRows(rows.filter((row) => portOf(row) === `${port}`)));
  },
});

/** The fourth column is the local address: `[::1]:80`, `127.0.0.53%lo:53`. */
function portOf(row: string): string | undefined {
  return row.split(/\s+/)[3]?.split(':').at(-1);
}

function inRows(rows: readonly string[]): Listeners {
  const pairs = rows.flatMap((row) => [...row.matchAll(/\("([^"]*)",pid=(\d+),/g)]);
  const holders = pairs.map(([, name = '', pid]) => ({ name, pid: Number(pid) }));
  const someHidden = rows.some((row) => !row.includes('users:('));
  return { listening: rows.length > 0, holders: unique(holders), someHidden };
}

/** The kernel's own tables (proc_net_tcp(5)): state 0A is LISTEN, who holds it is not told. */
async function byProc(port: number, context: ObserveContext): Promise<Listeners | null> {
  const { host, transports, options } = context;
  const read = (path: string) => orNull(transports.readFile(host, path, options), context);
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(read));
  if (tables.every((table) => table === null)) return null;
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const listening = tables
    .flatMap((table) => table?.split('\n') ?? [])
    .map((row) => row.trim().split(/\s+/))
    .some(([, local = '', , state]) => state === '0A' && local.endsWith(ending));
  return { listening, holders: [], someHidden: listening };
}

/**
 * `lsof -F`: a line a field, `p812` before `cbun`. It exits with 1 when it finds nothing, and does
 * not show the processes of other users.
 */
async function bySockets(port: number, context: ObserveContext): Promise<Listeners | null> {
  const argv = ['/usr/sbin/lsof', '-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'] as const;
  const { host, transports, options } = context;
  const output = await orNull(transports.exec({ on: host, argv }, options), context);
  if (output === null || output.stderr.trim() !== '') return null;
  const found = [...output.stdout.matchAll(/^p(\d+)\nc(.*)$/gm)];
  const holders = found.map(([, pid, name = '']) => ({ name, pid: Number(pid) }));
  return { listening: holders.length > 0 || null, holders: unique(holders), someHidden: false };
}

function unique(processes: readonly Process[]): readonly Process[] {
  return [...new Map(processes.map((one) => [one.pid, one])).values()];
}
