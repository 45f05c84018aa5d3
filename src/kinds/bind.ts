import type { Network, Parent } from '../model/check.ts';
import { auditKind } from '../model/explain-drift.ts';
import type { CheckSpec, Host, Inventory, Service, Timing } from '../model/inventory.ts';
import { type Cleaner, cleaner } from '../model/plain-text.ts';
import { clusterChecks } from './cluster/cluster-checks.ts';
import type { BoundCheck, Kind } from './contract.ts';
import { filesChecks, type Places } from './file/files-checks.ts';
import { kindsByName } from './index.ts';
import { functionsChecks } from './inngest/functions-checks.ts';
import { manifestsChecks } from './manifests/manifests-checks.ts';
import { checksOf, hostCheckName, hostParent, parentsOf, standingOn } from './parents.ts';
import { runCheck } from './run-check.ts';
import { peerParents, tailnetChecks } from './tailscale/tailnet.ts';

export interface BindOptions {
  /** Values that must not be seen in any result. */
  readonly secrets: readonly string[];
  /** The folder that `files[].source` is in; null for a simulated one. */
  readonly root?: string | null;
  /** The record of what was applied, on this machine; null where nobody keeps it. */
  readonly record?: string | null;
  /** The folder that holds one folder of audits for each host, on this machine; null where nobody keeps any. */
  readonly audits?: string | null;
}

/**
 * Makes checks of an inventory: one for each host, one for the tailnet, one for each cluster and each
 * Inngest server, one for the files of each host and the manifests of each
 * cluster, and one for each declared check whose kind can be
 * measured, in the inventory's order. A disabled service has none.
 */
export function bind(
  inventory: Inventory,
  { secrets, root = null, record = null, audits = null }: BindOptions = { secrets: [] },
): Network<BoundCheck> {
  const clean = cleaner(secrets);
  const byHost = Map.groupBy(inventory.services, ({ host }) => host);
  const checks = inventory.hosts.flatMap((host) => [
    ...bindHost({ inventory, host, clean }),
    ...bindTailnet({ inventory, host, clean }),
    ...bindClusters({ inventory, host, clean }),
    ...bindMade(functionsChecks(inventory, host), { inventory, host, clean }),
    ...bindFiles({ inventory, host, clean }, { root, record }),
    ...bindMade(manifestsChecks(inventory, host, root), { inventory, host, clean }),
    ...bindAudit({ inventory, host, clean }, audits),
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
  const made = tailnetChecks(inventory, host).map((declared) => ({
    ...{ id: `${host.name}/${declared.name}`, declared, parents: [] },
  }));
  return bindMade(made, ground);
}

function bindClusters(ground: Ground): readonly BoundCheck[] {
  const { inventory, host } = ground;
  const reached = host.access === 'ssh' ? [hostParent(host, true)] : [];
  return clusterChecks(inventory, host).flatMap(({ id, declared, dependsOn }) => {
    const parents = [...reached, ...standingOn(inventory, dependsOn)];
    return bindCheck(declared, { ...ground, id, service: null, parents });
  });
}

interface Made {
  readonly id: string;
  readonly declared: CheckSpec;
  readonly parents: readonly Parent[];
}

/** Checks that are made of the inventory, and belong to no service. */
function bindMade(made: readonly Made[], ground: Ground): readonly BoundCheck[] {
  return made.flatMap(({ id, declared, parents }) =>
    bindCheck(declared, { ...ground, id, service: null, parents }),
  );
}

function bindFiles(ground: Ground, places: Places): readonly BoundCheck[] {
  const { inventory, host } = ground;
  const parents = host.access === 'ssh' ? [hostParent(host, true)] : [];
  const made = filesChecks(inventory, host, places).map((declared) => ({
    ...{ id: `${host.name}/${declared.name}`, declared, parents },
  }));
  return bindMade(made, ground);
}

/** It reads what lies here: nothing of it hangs on the host. */
function bindAudit(ground: Ground, audits: string | null): readonly BoundCheck[] {
  if (audits === null) return [];
  const { name } = ground.host;
  const spec = { folder: `${audits}/${name}` };
  const declared = { kind: auditKind, name: auditKind, timing: {}, dependsOn: [], spec };
  return bindMade([{ id: `${name}/${auditKind}`, declared, parents: [] }], ground);
}

function bindService(service: Service, ground: Ground): readonly BoundCheck[] {
  return checksOf(service).flatMap((declared) => {
    const id = `${service.id}/${declared.name}`;
    const parents = parentsOf(service, declared, ground);
    return bindCheck(declared, { ...ground, id, service, parents });
  });
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
