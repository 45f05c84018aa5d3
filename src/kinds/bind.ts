import type { Network, Parent } from '../model/check.ts';
import type { CheckSpec, Host, Inventory, Service, Timing } from '../model/inventory.ts';
import { type Cleaner, cleaner } from '../model/plain-text.ts';
import { isBelow } from './asked-at.ts';
import { clusterChecks, clusterParents } from './cluster/cluster-checks.ts';
import type { BoundCheck, Kind } from './contract.ts';
import { filesChecks, type Places } from './file/files-checks.ts';
import { kindsByName } from './index.ts';
import { functionsChecks } from './inngest/functions-checks.ts';
import { runCheck } from './run-check.ts';
import { peerParents, tailnetChecks } from './tailscale/tailnet.ts';

/** The name of the check that every host has. */
export const hostCheckName = 'host';

export interface BindOptions {
  /** Values that must not be seen in any result. */
  readonly secrets: readonly string[];
  /** The folder that `files[].source` is in; null for a simulated one. */
  readonly root?: string | null;
  /** The record of what was applied, on this machine; null where nobody keeps it. */
  readonly record?: string | null;
}

/**
 * Makes checks of an inventory: one for each host, one for the tailnet, one for each cluster and each
 * Inngest server, one for the files of each host, and one for each declared check whose kind can be
 * measured, in the inventory's order. A disabled service has none.
 */
export function bind(
  inventory: Inventory,
  { secrets, root = null, record = null }: BindOptions = { secrets: [] },
): Network<BoundCheck> {
  const clean = cleaner(secrets);
  const byHost = Map.groupBy(inventory.services, ({ host }) => host);
  const checks = inventory.hosts.flatMap((host) => [
    ...bindHost({ inventory, host, clean }),
    ...bindTailnet({ inventory, host, clean }),
    ...bindClusters({ inventory, host, clean }),
    ...bindFunctions({ inventory, host, clean }),
    ...bindFiles({ inventory, host, clean }, { root, record }),
    ...(byHost.get(host.name) ?? [])
      .filter(({ enabled }) => enabled)
      .flatMap((service) => bindService(service, { inventory, host, clean })),
  ]);
  return { inventory, checks };
}

/** Where checks are bound: what is the same for all of one host. */
interface Ground {
  readonly inventory: Inventory;
  readonly host: Host;
  readonly clean: Cleaner;
}

function bindHost(ground: Ground): readonly BoundCheck[] {
  const { name, disks } = ground.host;
  const what = { kind: 'host', name: hostCheckName, spec: { disks } };
  const declared = { ...what, timing: {}, dependsOn: [] };
  const id = `${name}/${hostCheckName}`;
  const parents = peerParents(ground.inventory, ground.host);
  return bindCheck(declared, { ...ground, id, service: null, parents });
}

function bindTailnet(ground: Ground): readonly BoundCheck[] {
  const { inventory, host } = ground;
  return tailnetChecks(inventory, host).flatMap((declared) => {
    const id = `${host.name}/${declared.name}`;
    return bindCheck(declared, { ...ground, id, service: null, parents: [] });
  });
}

function bindClusters(ground: Ground): readonly BoundCheck[] {
  const { inventory, host } = ground;
  const reached = host.access === 'ssh' ? [hostParent(host, true)] : [];
  return clusterChecks(inventory, host).flatMap(({ id, declared, dependsOn }) => {
    const parents = [...reached, ...standingOn(inventory, dependsOn)];
    return bindCheck(declared, { ...ground, id, service: null, parents });
  });
}

function bindFunctions(ground: Ground): readonly BoundCheck[] {
  return functionsChecks(ground.inventory, ground.host).flatMap(({ id, declared, parents }) =>
    bindCheck(declared, { ...ground, id, service: null, parents }),
  );
}

function bindFiles(ground: Ground, places: Places): readonly BoundCheck[] {
  const { inventory, host } = ground;
  const parents = host.access === 'ssh' ? [hostParent(host, true)] : [];
  return filesChecks(inventory, host, places).flatMap((declared) => {
    const id = `${host.name}/${declared.name}`;
    return bindCheck(declared, { ...ground, id, service: null, parents });
  });
}

function bindService(service: Service, ground: Ground): readonly BoundCheck[] {
  return checksOf(service).flatMap((declared) => {
    const id = `${service.id}/${declared.name}`;
    const parents = parentsOf(service, declared, ground);
    return bindCheck(declared, { ...ground, id, service, parents });
  });
}

/** The unit itself is looked at before what it serves: the manager is the service's first check. */
function checksOf({ manager, checks }: Service): readonly CheckSpec[] {
  if (manager.kind === 'none') return checks;
  const { kind, ...spec } = manager;
  return [{ kind, name: kind, timing: {}, dependsOn: [], spec }, ...checks];
}

interface Place extends Ground {
  readonly id: string;
  readonly service: Service | null;
  readonly parents: readonly Parent[];
}

function bindCheck(declared: CheckSpec, place: Place): readonly BoundCheck[] {
  const kind = kindsByName.get(declared.kind);
  if (!kind) return [];
  const { id, host, service, parents, inventory, clean } = place;
  const cluster = inventory.clusters.find(({ name }) => name === declared.spec['cluster']) ?? null;
  const timing: Timing = {
    ...inventory.defaults,
    ...(kind.intervalMs === undefined ? {} : { intervalMs: kind.intervalMs }),
    ...declared.timing,
  };
  const bound = {
    id,
    kind,
    spec: specOf(kind, declared),
    host,
    service,
    cluster,
    timeoutMs: timing.timeoutMs,
    clean,
  };
  const { kind: kindName, name } = declared;
  const check = {
    id,
    host: host.name,
    service: service?.id ?? null,
    kind: kindName,
    name,
    parents,
    together: kind.together ? `${host.name}/${kindName}` : null,
    ...timing,
  };
  const deeds: BoundCheck['deeds'] = (facts) => kind.deeds?.(bound.spec, facts) ?? [];
  const logs: BoundCheck['logs'] = (facts) => kind.logs?.(bound.spec, facts) ?? null;
  return [{ ...check, run: (context) => runCheck(bound, context), deeds, logs }];
}

/** Parsed once, so that defaults are in and each run pays nothing. */
function specOf(kind: Kind, declared: CheckSpec): never {
  return kind.spec.parse(declared.spec) as never;
}

/**
 * What explains its trouble, the lowest first: the host that it is reached on, its cluster, all that it
 * or its service depends on, its unit, and the port that the others of its service are asked on.
 */
function parentsOf(
  service: Service,
  declared: CheckSpec,
  { inventory, host }: Ground,
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

function hostParent({ name }: Host, through: boolean): Parent {
  return { check: `${name}/${hostCheckName}`, through };
}

function standingOn(inventory: Inventory, references: readonly string[]): readonly Parent[] {
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
