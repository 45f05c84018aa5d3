import type { Host, Inventory, Service } from '../model/inventory.ts';
import type { Json } from '../model/json.ts';
import type { BlastRadius } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { Verb } from '../model/verb.ts';

type Server = Inventory['inngest'][number];

/** The Inngest servers whose runs a restart of the service ends: it is their worker, or the server. */
export function serversOf({ inngest, hosts }: Inventory, service: Service): readonly Server[] {
  const host = hosts.find(({ name }) => name === service.host);
  const urls = service.checks.map(({ spec }) => spec['url']);
  const ports = [service.port, ...urls.map((url) => portAt(url, host))];
  const isItsUrl = (url: string | null): boolean => {
    const port = portAt(url, host);
    return port !== null && ports.includes(port);
  };
  return inngest.filter(({ url, worker }) => isItsUrl(url) || isItsUrl(worker));
}

/** The port of a URL that leads to the host, by whichever of its names or addresses; null for any other. */
function portAt(url: Json | undefined, host: Host | undefined): number | null {
  if (typeof url !== 'string' || !host || !URL.canParse(url)) return null;
  const { hostname, port, protocol } = new URL(url);
  const name = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const isSelf = /^(?:localhost$|127\.|::1$)/.test(name);
  const isThere = isSelf
    ? host.access === 'local'
    : namesOf(host).some((one) => isNamed(name, one));
  return isThere ? Number(port || (protocol === 'https:' ? 443 : 80)) : null;
}

function namesOf({ name, hostname, ssh, tailscale }: Host): readonly string[] {
  return [name, hostname, ssh?.host ?? null, tailscale]
    .filter((one) => one !== null)
    .map((one) => one.toLowerCase());
}

/** `panda` is called `panda.tail7af24.ts.net` too; an address is only itself. */
function isNamed(name: string, one: string): boolean {
  return name === one || (!/^[\d.:]+$/.test(one) && name.startsWith(`${one}.`));
}

/** What a restart of a service reaches beyond it. */
export function blastRadius(inventory: Inventory, service: Service, report: Report): BlastRadius {
  const servers = new Set(serversOf(inventory, service).map(({ name }) => name));
  const apps = report.functions.apps.filter(({ server }) => servers.has(server));
  const isKnown = apps.every(({ registered }) => registered !== null);
  const items = report.functions.items.filter(({ server }) => servers.has(server));
  const count = (which: 'running' | 'queued'): number | null =>
    servers.size === 0 || (isKnown && apps.length > 0)
      ? items.reduce((sum, { runs24h }) => sum + runs24h[which], 0)
      : null;
  return {
    runningRuns: count('running'),
    queuedRuns: count('queued'),
    apps: apps.map(({ app, server }) => app ?? server),
    dependents: dependentsOf(inventory, service.id),
    critical: service.critical,
  };
}

/** All that stand on it, by way of others too: those nearest to it first. */
export function dependentsOf({ services }: Inventory, id: string): readonly string[] {
  const found = new Set<string>();
  let ring = [id];
  while (ring.length > 0) {
    const next = services
      .filter((one) => one.dependsOn.some((wanted) => ring.includes(wanted)))
      .map((one) => one.id)
      .filter((one) => one !== id && !found.has(one));
    for (const one of next) found.add(one);
    ring = next;
  }
  return [...found];
}

/** These services so that none comes before what it stands on; equals stay as they were given. */
export function inDependencyOrder(inventory: Inventory, ids: Iterable<string>): readonly Service[] {
  const wanted = [...ids];
  const ordered = new Set<string>();
  const visit = (id: string): void => {
    if (ordered.has(id)) return;
    const stands = (other: string): boolean => dependentsOf(inventory, other).includes(id);
    for (const other of wanted) if (other !== id && stands(other)) visit(other);
    ordered.add(id);
  };
  for (const id of wanted) visit(id);
  return [...ordered].flatMap((id) => inventory.services.find((one) => one.id === id) ?? []);
}

/** The order of a verb: what stands on others is stopped before them, and started after them. */
export function inActingOrder(
  inventory: Inventory,
  verb: Verb,
  ids: Iterable<string>,
): readonly Service[] {
  const ordered = inDependencyOrder(inventory, ids);
  return verb === 'stop' ? ordered.toReversed() : ordered;
}
