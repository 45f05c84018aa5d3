import type { Network } from './check.ts';
import { explainChecks } from './explain-checks.ts';
import { confirmedState, explainService, worstCheck } from './explain-service.ts';
import type { NetworkState } from './health.ts';
import type { Host, Inventory } from './inventory.ts';
import type {
  CheckReport,
  DriftReport,
  FunctionsReport,
  NodeReport,
  Report,
  ServiceReport,
} from './report.ts';
import type { State } from './state.ts';
import { summarize } from './summarize.ts';

/** Explains a network's state at a moment (milliseconds since 1970): what every output reads. */
export function explain(network: Network, state: NetworkState, atMs: number): Report {
  const { inventory } = network;
  const explained = explainChecks(network.checks, state, atMs);
  const byOwner = new Map<string, CheckReport[]>();
  for (const { id, service, host } of network.checks) {
    const report = explained.get(id);
    const owner = service ?? host;
    if (report) byOwner.set(owner, [...(byOwner.get(owner) ?? []), report]);
  }
  const services = inventory.services.map((service) =>
    explainService(service, byOwner.get(service.id) ?? [], state),
  );
  const byHost = Map.groupBy(services, (service) => service.host);
  const nodes = inventory.hosts.map((host) =>
    explainNode(host, byOwner.get(host.name) ?? [], {
      services: byHost.get(host.name) ?? [],
      state,
    }),
  );
  const functions = explainFunctions(inventory);
  const summary = summarize(nodes, services, functions);
  return { at: state.at, summary, nodes, services, functions, drift: explainDrift(inventory) };
}

interface NodeContext {
  readonly services: readonly ServiceReport[];
  readonly state: NetworkState;
}

/** A node is its host check; a critical service in trouble makes it at most `degraded`. */
function explainNode(host: Host, checks: readonly CheckReport[], context: NodeContext): NodeReport {
  const worst = worstCheck(checks);
  const own = { state: worst?.state ?? 'unknown', note: worst?.note ?? 'not measured yet' };
  return {
    kind: 'host',
    name: host.name,
    description: host.description,
    access: host.access,
    ...withCriticalTrouble(own, context.services),
    since: worst?.since ?? null,
    confirmed: confirmedState(checks, context.state),
    streak: worst?.streak ?? { toward: null, n: 0, of: 0 },
    flapping: checks.some((check) => context.state.health[check.id]?.flapping ?? false),
    because: worst?.because ?? null,
    facts: worst?.facts ?? {},
    checks,
  };
}

function withCriticalTrouble(
  own: { readonly state: State; readonly note: string },
  services: readonly ServiceReport[],
): { readonly state: State; readonly note: string } {
  if (own.state !== 'up') return own;
  const troubled = services.find(
    ({ critical, state }) => critical && (state === 'down' || state === 'degraded'),
  );
  if (!troubled) return own;
  return { state: 'degraded', note: `${troubled.name} is ${troubled.state}` };
}

/** Until a check of the Inngest server exists its functions are declared, not known. */
function explainFunctions(inventory: Inventory): FunctionsReport {
  const apps = inventory.inngest.map(({ name, app, url, expect }) => ({
    server: name,
    app,
    url,
    expect,
    state: 'unknown' as const,
  }));
  const declared = apps.length > 0;
  return {
    state: declared ? 'unknown' : 'n/a',
    note: declared
      ? 'not measured: this version does not ask the Inngest server'
      : 'the inventory names no Inngest server',
    registered: null,
    served: null,
    expected: expectedCount(inventory),
    missing: [],
    unexpected: [],
    apps,
    items: [],
  };
}

/** The sum of the lists, null as soon as one app has none. */
function expectedCount(inventory: Inventory): number | null {
  let sum: number | null = null;
  for (const { expect } of inventory.inngest) {
    if (expect === null) return null;
    sum = (sum ?? 0) + expect.length;
  }
  return sum;
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
