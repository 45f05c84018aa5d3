import type { Check, Network } from './check.ts';
import { explainChecks } from './explain-checks.ts';
import { auditKind, explainDrift, filesKind, manifestsKind } from './explain-drift.ts';
import { explainFunctions, functionsKind } from './explain-functions.ts';
import { explainK8sNodes } from './explain-k8s-nodes.ts';
import { explainNode } from './explain-node.ts';
import { explainService } from './explain-service.ts';
import type { NetworkState } from './health.ts';
import type { CheckReport, Report } from './report.ts';
import { summarize } from './summarize.ts';

interface Explained {
  readonly network: Network;
  readonly atMs: number;
  readonly report: Report;
}

const last = new WeakMap<NetworkState, Explained>();

/**
 * Explains a network's state at a moment (milliseconds since 1970): what every output reads. Several
 * ask for that of one moment: it is made once.
 */
export function explain(network: Network, state: NetworkState, atMs: number): Report {
  const known = last.get(state);
  if (known?.network === network && known.atMs === atMs) return known.report;
  const report = explainAnew(network, state, atMs);
  last.set(state, { network, atMs, report });
  return report;
}

function explainAnew(network: Network, state: NetworkState, atMs: number): Report {
  const { inventory } = network;
  const explained = explainChecks(network.checks, state, atMs);
  const { byOwner, peerOf } = ownersOf(network.checks);
  const reportsOf = (owner: string): readonly CheckReport[] =>
    (byOwner.get(owner) ?? []).flatMap((id) => explained.get(id) ?? []);
  const services = inventory.services.map((service) =>
    explainService(service, reportsOf(service.id), state),
  );
  const byHost = Map.groupBy(services, (service) => service.host);
  const hosts = inventory.hosts.map((host) =>
    explainNode(host, {
      checks: reportsOf(host.name),
      peer: peerReport(peerOf.get(host.name), explained),
      services: byHost.get(host.name) ?? [],
      state,
    }),
  );
  const { checks } = network;
  const functions = explainFunctions({ inventory, checks, explained, state });
  const drift = explainDrift({ inventory, checks, explained });
  const summary = summarize(hosts, services, functions);
  const nodes = [...hosts, ...explainK8sNodes(network, explained, state)];
  return { at: state.at, summary, nodes, services, functions, drift };
}

interface Owners {
  /** The ids of the checks of each host and service, in the inventory's order. */
  readonly byOwner: ReadonlyMap<string, readonly string[]>;
  /** What explains a host's own checks, and may be the peer that the host is too. */
  readonly peerOf: ReadonlyMap<string, readonly string[]>;
}

/** What belongs to no service, and is no trouble of a host. */
const ownless = new Set([functionsKind, filesKind, manifestsKind, auditKind]);

const owners = new WeakMap<readonly Check[], Owners>();

/** Of a network's checks, which never change: made once. */
function ownersOf(checks: readonly Check[]): Owners {
  const known = owners.get(checks);
  if (known) return known;
  const owned = checks.filter(({ kind }) => !ownless.has(kind));
  const made = {
    byOwner: grouped(owned.map(({ id, service, host }) => [service ?? host, id] as const)),
    peerOf: grouped(
      checks
        .filter(({ service }) => service === null)
        .flatMap(({ host, parents }) => parents.map(({ check }) => [host, check] as const)),
    ),
  };
  owners.set(checks, made);
  return made;
}

function grouped(pairs: readonly (readonly [string, string])[]): Owners['byOwner'] {
  const groups = Map.groupBy(pairs, ([owner]) => owner);
  return new Map([...groups].map(([owner, group]) => [owner, group.map(([, id]) => id)]));
}

/** The last that is a peer, as where several are each knows the machine. */
function peerReport(
  ids: readonly string[] | undefined,
  explained: ReadonlyMap<string, CheckReport>,
): CheckReport | null {
  const reports = ids?.flatMap((id) => explained.get(id) ?? []) ?? [];
  return reports.findLast(({ kind }) => kind === 'peer') ?? null;
}
