import type { BoundCheck } from '../kinds/contract.ts';
import { hostCheckName } from '../kinds/parents.ts';
import type { Network } from '../model/check.ts';
import { UserError } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { checkOfKey } from '../model/part-key.ts';
import type { Report, ServiceReport } from '../model/report.ts';

/** What of a network was asked for: hosts and services by their ids. */
export interface Picked {
  readonly hosts: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

/**
 * Reads ids: a host, `host/service`, or a service's name where only one has it. None is all. An id
 * that nothing bears is the user's mistake.
 */
export function pick({ inventory }: Network, ids: readonly string[]): Picked | null {
  if (ids.length === 0) return null;
  const hosts = new Set<string>();
  const services = new Set<string>();
  for (const id of ids) {
    const named = inventory.services.filter((service) => service.id === id || service.name === id);
    if (inventory.hosts.some(({ name }) => name === id)) hosts.add(id);
    else if (named.length === 1) services.add(named[0]?.id ?? id);
    else
      throw unknownId(id, named.length, {
        known: [
          ...inventory.hosts.map(({ name }) => name),
          ...inventory.services.map((one) => one.id),
          ...inventory.services.map((one) => one.name),
        ],
      });
  }
  return { hosts, services };
}

interface Known {
  /** All that there is, by its names. */
  readonly known: readonly string[];
  readonly what?: string;
}

const mostNamed = 12;

/** Of an id that nothing bears, or that several do. */
export function unknownId(
  id: string,
  found: number,
  { known, what = 'host or service' }: Known,
): UserError {
  if (found > 1)
    return new UserError(`several hosts have a service "${id}"`, { hint: 'write host/service' });
  const near = nearest(id, known);
  const more = known.length > mostNamed ? `, … (${known.length} names)` : '';
  const all = `one of ${known.slice(0, mostNamed).join(', ')}${more}`;
  const hint = near === null ? all : `did you mean ${near}?`;
  return new UserError(`no ${what} is called "${id}"`, { hint });
}

/** The network with only the checks of the picked things, of their hosts and of what explains them. */
export function narrowed(network: Network<BoundCheck>, picked: Picked | null): Network<BoundCheck> {
  if (!picked) return network;
  const byId = new Map(network.checks.map((check) => [check.id, check]));
  const wanted = new Set<string>();
  const want = (id: string): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    for (const { check } of byId.get(id)?.parents ?? []) want(checkOfKey(check));
  };
  for (const { id, host, service } of network.checks) {
    if (!picked.hosts.has(host) && !(service !== null && picked.services.has(service))) continue;
    want(id);
    want(`${host}/${hostCheckName}`);
  }
  return { ...network, checks: network.checks.filter(({ id }) => wanted.has(id)) };
}

/**
 * The report's picked things with what explains them: the hosts of picked services, and whatever
 * their trouble is `because` of, so that nothing suppressed looks well for want of its reason.
 */
export function pickedOf(
  report: Report,
  { hosts, services }: Picked,
): Pick<Report, 'nodes' | 'services'> {
  const chosen = report.services.filter(({ id, host }) => services.has(id) || hosts.has(host));
  const homes = new Set([...hosts, ...chosen.map(({ host }) => host)]);
  const shown = [...chosen, ...report.nodes.filter(({ name }) => homes.has(name))];
  const reasons = new Set(shown.flatMap(({ checks }) => checks.map(({ because }) => because)));
  const explains = ({ checks }: Pick<ServiceReport, 'checks'>): boolean =>
    checks.some(({ id }) => reasons.has(id));
  return {
    nodes: report.nodes.filter((node) => homes.has(node.name) || explains(node)),
    services: report.services.filter((service) => chosen.includes(service) || explains(service)),
  };
}
