import type { Network } from './check.ts';
import { explainChecks } from './explain-checks.ts';
import { explainFunctions, functionsKind } from './explain-functions.ts';
import { explainK8sNodes } from './explain-k8s-nodes.ts';
import { explainNode } from './explain-node.ts';
import { explainService } from './explain-service.ts';
import type { NetworkState } from './health.ts';
import type { Inventory } from './inventory.ts';
import type { CheckReport, DriftReport, Report } from './report.ts';
import { summarize } from './summarize.ts';

/** Explains a network's state at a moment (milliseconds since 1970): what every output reads. */
export function explain(network: Network, state: NetworkState, atMs: number): Report {
  const { inventory } = network;
  const explained = explainChecks(network.checks, state, atMs);
  const byOwner = new Map<string, CheckReport[]>();
  for (const { id, kind, service, host } of network.checks) {
    if (kind === functionsKind) continue;
    const report = explained.get(id);
    const owner = service ?? host;
    if (report) byOwner.set(owner, [...(byOwner.get(owner) ?? []), report]);
  }
  const services = inventory.services.map((service) =>
    explainService(service, byOwner.get(service.id) ?? [], state),
  );
  const byHost = Map.groupBy(services, (service) => service.host);
  const peers = peersOf(network, explained);
  const hosts = inventory.hosts.map((host) =>
    explainNode(host, {
      checks: byOwner.get(host.name) ?? [],
      peer: peers.get(host.name) ?? null,
      services: byHost.get(host.name) ?? [],
      state,
    }),
  );
  const { checks } = network;
  const functions = explainFunctions({ inventory, checks, explained, state });
  const summary = summarize(hosts, services, functions);
  const nodes = [...hosts, ...explainK8sNodes(network, explained, state)];
  return { at: state.at, summary, nodes, services, functions, drift: explainDrift(inventory) };
}

/** The peer that a host is too: the one that explains its host check. */
function peersOf(
  { checks }: Network,
  explained: ReadonlyMap<string, CheckReport>,
): ReadonlyMap<string, CheckReport> {
  const found = checks.flatMap(({ service, host, parents }) =>
    parents.flatMap(({ check }) => {
      const peer = service === null ? explained.get(check) : undefined;
      return peer?.kind === 'peer' ? [[host, peer] as const] : [];
    }),
  );
  return new Map(found);
}

/** Until files are compared every one of them is listed, and none is called in sync. */
function explainDrift(inventory: Inventory): DriftReport {
  const note = 'not compared: this version does not read managed files';
  const items = inventory.files.map(({ id, kind, host, source, destination, service }) => ({
    id,
    kind,
    host,
    source,
    destination,
    service,
    verdict: 'unknown' as const,
    note,
  }));
  if (items.length === 0) return { state: 'n/a', note: 'the inventory names no files', items };
  return { state: 'unknown', note, items };
}
