import type { Inventory, Service } from '../model/inventory.ts';
import type { BlastRadius } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { Verb } from '../model/verb.ts';

type Server = Inventory['inngest'][number];

/** The Inngest servers whose runs a restart of the service ends: it is their worker, or the server. */
export function serversOf({ inngest, hosts }: Inventory, service: Service): readonly Server[] {
  const isLocal = hosts.some(({ name, access }) => name === service.host && access === 'local');
  const isItsUrl = (url: string | null): boolean => {
    if (url === null || service.port === null || !URL.canParse(url)) return false;
    const { hostname, port, protocol } = new URL(url);
    const usual = protocol === 'https:' ? 443 : 80;
    const isHere = /^(?:localhost|127\.|\[?::1)/.test(hostname)
      ? isLocal
      : hostname === service.host;
    return isHere && Number(port || usual) === service.port;
  };
  return inngest.filter(({ url, worker }) => isItsUrl(url) || isItsUrl(worker));
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
function dependentsOf({ services }: Inventory, id: string): readonly string[] {
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
