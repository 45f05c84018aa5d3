import type { Check } from './check.ts';
import { itemOf } from './explain-function.ts';
import type { NetworkState } from './health.ts';
import type { Inventory } from './inventory.ts';
import { checkOfKey } from './part-key.ts';
import { countOf, objectsOf, textOf, textsOf } from './read-facts.ts';
import type { AppReport, CheckReport, FunctionReport, FunctionsReport } from './report.ts';
import { worstState } from './state.ts';

/** The kind of the checks that find functions. They belong to no host and to no service. */
export const functionsKind = 'inngest';

type Server = Inventory['inngest'][number];

export interface FunctionsEvidence {
  readonly inventory: Inventory;
  readonly checks: readonly Check[];
  readonly explained: ReadonlyMap<string, CheckReport>;
  readonly state: NetworkState;
}

/**
 * The Inngest servers' checks and the functions that they found. The state is the worst of the
 * servers': a function in trouble of its own makes its server's check at most `degraded`.
 */
export function explainFunctions(evidence: FunctionsEvidence): FunctionsReport {
  const { inventory, checks, explained } = evidence;
  const byServer = new Map(
    checks.filter(({ kind }) => kind === functionsKind).map(({ name, id }) => [name, id]),
  );
  const apps = inventory.inngest.map((server) =>
    appOf(server, explained.get(byServer.get(server.name) ?? '')),
  );
  const worst = worstState(apps.map(({ state }) => state));
  const note = apps.find(({ state }) => state === worst)?.note;
  return {
    state: worst,
    note: note ?? 'the inventory names no Inngest server',
    registered: sumOf(apps.map(({ registered }) => registered)),
    served: sumOf(apps.map(({ served }) => served)),
    expected: sumOf(apps.map(({ expected }) => expected)),
    missing: apps.flatMap(({ missing }) => missing),
    unexpected: apps.flatMap(({ unexpected }) => unexpected),
    apps,
    items: itemsOf(evidence),
  };
}

function appOf(server: Server, check: CheckReport | undefined): AppReport {
  const { expect } = server;
  const facts = check?.facts ?? {};
  const found = objectsOf(facts['apps']);
  const errors = found.map(({ error }) => textOf(error)).filter((error) => error !== null);
  return {
    server: server.name,
    app: server.app ?? (found.length === 1 ? textOf(found[0]?.['name']) : null),
    url: server.url,
    connected: found.length === 0 ? null : found.every(({ connected }) => connected === true),
    error: errors[0] ?? check?.fault?.message ?? null,
    registered: countOf(facts['registered']),
    served: countOf(facts['served']),
    expected: countOf(facts['expected']) ?? expect?.length ?? null,
    missing: textsOf(facts['missing']),
    unexpected: textsOf(facts['unexpected']),
    expect,
    state: check?.state ?? 'unknown',
    note: check?.note ?? 'not measured yet',
    fault: check?.fault ?? null,
    because: check?.because ?? null,
    at: check?.at ?? null,
    countedSince: textOf(facts['countedSince']),
  };
}

/** Null as soon as one is not known, and of none. */
function sumOf(counts: readonly (number | null)[]): number | null {
  if (counts.length === 0 || counts.includes(null)) return null;
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** Server by server in the inventory's order, each by slug. */
function itemsOf({ checks, explained, state }: FunctionsEvidence): readonly FunctionReport[] {
  const servers = checks.filter(({ kind }) => kind === functionsKind);
  if (servers.length === 0) return [];
  const keys = Map.groupBy(Object.keys(state.health), checkOfKey);
  return servers.flatMap(({ id }) => {
    const check = explained.get(id);
    return (keys.get(id) ?? []).flatMap((key) => itemOf(key, check, state));
  });
}
