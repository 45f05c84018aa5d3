import type { FunctionPlace } from '../../actions/function-log.ts';
import { askGraphql } from '../../kinds/inngest/graphql.ts';
import { isCalled } from '../../kinds/inngest/names.ts';
import { appsQuery } from '../../kinds/inngest/queries.ts';
import { type RegisteredFunction, readApps } from '../../kinds/inngest/read.ts';
import { FaultError } from '../../model/errors.ts';
import type { InngestServer, Inventory, Service } from '../../model/inventory.ts';
import type { OpenNetwork } from '../open-network.ts';
import { pick, unknownId } from '../pick.ts';

/** Whose logs are wanted. */
export interface ChosenLogs {
  readonly services: readonly Service[];
  readonly functions: readonly FunctionPlace[];
}

const patienceMs = 10_000;

/**
 * Services by their ids, names or hosts, and functions by their slugs or names. What the inventory does
 * not name is looked for on its Inngest servers; where one of these does not answer it may be there, and
 * its log says why it cannot be read. Throws a UserError for what nothing is called.
 */
export async function chooseLogs(
  ids: readonly string[],
  open: OpenNetwork,
  signal: AbortSignal,
): Promise<ChosenLogs> {
  const { inventory } = open.network;
  const own = ids.filter((id) => isNamed(id, inventory));
  const picked = own.length === 0 ? null : pick(open.network, own);
  const services = inventory.services.filter(
    ({ id, host }) => picked?.services.has(id) || picked?.hosts.has(host),
  );
  const names = ids.filter((id) => !isNamed(id, inventory));
  if (names.length === 0) return { services, functions: [] };
  const servers = await Promise.all(
    inventory.inngest.map(async (server) => ({
      server,
      functions: await functionsOf(server, open, signal),
    })),
  );
  return { services, functions: names.map((name) => placeOf(name, servers, inventory)) };
}

function isNamed(id: string, { hosts, services }: Inventory): boolean {
  return (
    hosts.some(({ name }) => name === id) ||
    services.some((service) => service.id === id || service.name === id)
  );
}

interface Asked {
  readonly server: InngestServer;
  /** Null where it does not tell. */
  readonly functions: readonly RegisteredFunction[] | null;
}

async function functionsOf(
  { url, app }: InngestServer,
  { transports }: OpenNetwork,
  signal: AbortSignal,
): Promise<Asked['functions']> {
  const options = { timeoutMs: patienceMs, signal };
  try {
    const { data } = await askGraphql(url, appsQuery, { transports, options });
    const apps = readApps(data).filter(({ name }) => app === null || name === app);
    return apps.flatMap(({ functions }) => functions);
  } catch (error) {
    if (error instanceof FaultError && !signal.aborted) return null;
    throw error;
  }
}

function placeOf(name: string, servers: readonly Asked[], inventory: Inventory): FunctionPlace {
  for (const { server, functions } of servers) {
    const found = functions?.find((one) => isCalled(one, name));
    if (found) return placeOn(server, found.slug);
  }
  const silent = servers.find(({ functions }) => functions === null);
  if (silent) return placeOn(silent.server, name);
  const called = servers.flatMap(({ functions }) => functions ?? []);
  const known = [
    ...inventory.hosts.map((host) => host.name),
    ...inventory.services.flatMap((service) => [service.id, service.name]),
    ...called.flatMap((one) => [one.slug, one.name]),
  ];
  throw unknownId(name, 0, { known, what: 'host, service or function' });
}

function placeOn({ name: server, url, app }: InngestServer, name: string): FunctionPlace {
  return { server, url, app, name };
}
