import type { Check } from './check.ts';
import type { NetworkState } from './health.ts';
import type { Inventory } from './inventory.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { checkOfKey } from './part-key.ts';
import type { AppReport, CheckReport, FunctionReport, FunctionsReport } from './report.ts';
import { classOf, worstState } from './state.ts';

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
    because: check?.because ?? null,
    at: check?.at ?? null,
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

function itemOf(
  key: string,
  check: CheckReport | undefined,
  { health }: NetworkState,
): readonly FunctionReport[] {
  const known = health[key];
  if (!check || !known || known.part?.kind !== 'function') return [];
  const { facts, since, streak } = known;
  const { lastRun, runs24h } = facts;
  return [
    {
      server: check.name,
      slug: textOf(facts['slug']) ?? key.slice(key.indexOf('#') + 1),
      name: known.part.name,
      app: textOf(facts['app']) ?? '',
      triggers: objectsOf(facts['triggers']).map(({ type, value }) => ({
        type: textOf(type) ?? '',
        value: textOf(value) ?? '',
      })),
      ...explainedBy(check, known),
      since,
      streak,
      lastRun: lastRunOf(lastRun),
      runs24h: countsOf(runs24h),
    },
  ];
}

/** What is too old, or explained by a parent, holds for what the check has found too. */
function explainedBy(
  { id, state, note, fault, because }: CheckReport,
  own: Pick<FunctionReport, 'state' | 'note'>,
): Pick<FunctionReport, 'state' | 'note' | 'because'> {
  const isStale = fault?.code === 'stale';
  const explains = because !== null && classOf(own.state) !== 'good';
  if (isStale || explains) return { state, note, because };
  return { state: own.state, note: own.note, because: own.state === 'suppressed' ? id : null };
}

function lastRunOf(value: Json | undefined): FunctionReport['lastRun'] {
  if (!isJsonObject(value)) return null;
  const { id, status, at, durationMs, error } = value;
  return {
    id: textOf(id) ?? '',
    status: textOf(status) ?? '',
    at: textOf(at) ?? '',
    durationMs: countOf(durationMs),
    error: textOf(error),
  };
}

function countsOf(value: Json | undefined): FunctionReport['runs24h'] {
  const { completed, failed, running } = isJsonObject(value) ? value : {};
  return {
    completed: countOf(completed) ?? 0,
    failed: countOf(failed) ?? 0,
    running: countOf(running) ?? 0,
  };
}

function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function countOf(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
