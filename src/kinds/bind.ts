import type { Network, Parent } from '../model/check.ts';
import type { CheckSpec, Host, Inventory, Service, Timing } from '../model/inventory.ts';
import type { BoundCheck, Kind } from './contract.ts';
import { kindsByName } from './index.ts';
import { runCheck } from './run-check.ts';

/** The name of the check that every host has. */
export const hostCheckName = 'host';

/**
 * Makes checks of an inventory: one for each host, one for each declared check whose kind can be
 * measured, in the inventory's order. A disabled service has none.
 */
export function bind(inventory: Inventory): Network<BoundCheck> {
  const hosts = new Map(inventory.hosts.map((host) => [host.name, host]));
  const checks = inventory.hosts.flatMap((host) => [
    ...bindHost(inventory, host),
    ...inventory.services
      .filter((service) => service.host === host.name && service.enabled)
      .flatMap((service) => bindService(inventory, service, hosts)),
  ]);
  return { inventory, checks };
}

function bindHost(inventory: Inventory, host: Host): readonly BoundCheck[] {
  const declared: CheckSpec = {
    kind: 'host',
    name: hostCheckName,
    timing: {},
    dependsOn: [],
    spec: { disks: host.disks },
  };
  const id = `${host.name}/${hostCheckName}`;
  return bindCheck(declared, { id, inventory, host, service: null, parents: [] });
}

function bindService(
  inventory: Inventory,
  service: Service,
  hosts: ReadonlyMap<string, Host>,
): readonly BoundCheck[] {
  const host = hosts.get(service.host);
  if (!host) return [];
  return service.checks.flatMap((declared) => {
    const id = `${service.id}/${declared.name}`;
    const parents = parentsOf(inventory, { service, declared, host }).filter(
      ({ check }) => check !== id,
    );
    return bindCheck(declared, { id, inventory, host, service: service.id, parents });
  });
}

interface Place {
  readonly id: string;
  readonly inventory: Inventory;
  readonly host: Host;
  readonly service: string | null;
  readonly parents: readonly Parent[];
}

function bindCheck(declared: CheckSpec, place: Place): readonly BoundCheck[] {
  const kind = kindsByName.get(declared.kind);
  if (!kind) return [];
  const { id, host, service, parents, inventory } = place;
  const timing: Timing = {
    ...inventory.defaults,
    ...(kind.intervalMs === undefined ? {} : { intervalMs: kind.intervalMs }),
    ...declared.timing,
  };
  const bound = { id, kind, spec: specOf(kind, declared), host, timeoutMs: timing.timeoutMs };
  const { kind: kindName, name } = declared;
  const check = { id, host: host.name, service, kind: kindName, name, parents, ...timing };
  return [{ ...check, run: (context) => runCheck(bound, context) }];
}

/** Parsed once, so that defaults are in and each run pays nothing. */
function specOf(kind: Kind, declared: CheckSpec): never {
  return kind.spec.parse(declared.spec) as never;
}

/** The host that it is reached on, and all that it or its service depends on. */
function parentsOf(
  inventory: Inventory,
  one: { readonly service: Service; readonly declared: CheckSpec; readonly host: Host },
): readonly Parent[] {
  const { service, declared, host } = one;
  const remote = host.access === 'ssh';
  const own = remote
    ? [{ check: `${host.name}/${hostCheckName}`, through: declared.kind === 'command' }]
    : [];
  const wanted = [...service.dependsOn, ...declared.dependsOn].flatMap((id) =>
    checkIdsOf(inventory, id),
  );
  return [...own, ...wanted.map((check) => ({ check, through: false }))];
}

/** A reference is a host, a service or a check: the checks that it stands for. */
function checkIdsOf(inventory: Inventory, reference: string): readonly string[] {
  if (inventory.hosts.some(({ name }) => name === reference))
    return [`${reference}/${hostCheckName}`];
  const service = inventory.services.find(({ id }) => id === reference);
  return service ? service.checks.map(({ name }) => `${service.id}/${name}`) : [reference];
}
