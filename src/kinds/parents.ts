import type { Parent } from '../model/check.ts';
import type { CheckSpec, Host, Inventory, Service } from '../model/inventory.ts';
import { isBelow } from './asked-at.ts';
import { clusterParents } from './cluster/cluster-checks.ts';
import { kindsByName } from './index.ts';

/** The name of the check that every host has. */
export const hostCheckName = 'host';

interface ParentsGround {
  readonly inventory: Inventory;
  readonly host: Host;
}

/**
 * What explains its trouble, the lowest first: the host that it is reached on, its cluster, all that it
 * or its service depends on, its unit, and the port that the others of its service are asked on.
 */
export function parentsOf(
  service: Service,
  declared: CheckSpec,
  { inventory, host }: ParentsGround,
): readonly Parent[] {
  const own = hostParent(host, kindsByName.get(declared.kind)?.onHost ?? false);
  const wanted = standingOn(inventory, [...service.dependsOn, ...declared.dependsOn]);
  const below = belowInService(service, declared)
    .map((name) => `${service.id}/${name}`)
    .filter((check) => wanted.every((one) => one.check !== check))
    .map((check) => ({ check, through: false }));
  const cluster = clusterParents(inventory, declared);
  return [...(host.access === 'ssh' ? [own] : []), ...cluster, ...wanted, ...below];
}

/** The host that something is reached on. */
export function hostParent({ name }: Host, through: boolean): Parent {
  return { check: `${name}/${hostCheckName}`, through };
}

/** The checks that references stand for, as what others stand on. */
export function standingOn(inventory: Inventory, references: readonly string[]): readonly Parent[] {
  return references
    .flatMap((reference) => checkIdsOf(inventory, reference))
    .map((check) => ({ check, through: false }));
}

function belowInService(service: Service, declared: CheckSpec): readonly string[] {
  return checksOf(service)
    .filter((one) => isBelow(one, declared, service.manager.kind))
    .map(({ name }) => name);
}

/** The checks that a reference to a host, a service or a check stands for. */
function checkIdsOf({ hosts, services }: Inventory, reference: string): readonly string[] {
  if (hosts.some(({ name }) => name === reference)) return [`${reference}/${hostCheckName}`];
  const service = services.find(({ id }) => id === reference);
  return service ? checksOf(service).map(({ name }) => `${service.id}/${name}`) : [reference];
}

/** The unit itself is looked at before what it serves: the manager is the service's first check. */
export function checksOf({ manager, checks }: Service): readonly CheckSpec[] {
  if (manager.kind === 'none') return checks;
  const { kind, ...spec } = manager;
  return [{ kind, name: kind, timing: {}, dependsOn: [], spec }, ...checks];
}
