import type { CheckReport, NodeReport, Report, ServiceReport } from '../model/report.ts';

/** The contract's `result` of a status: keys in its order, nothing that only the cockpit needs. */
export function reportJson(report: Report): object {
  const { summary, nodes, services } = report;
  return {
    summary,
    nodes: nodes.map(nodeJson),
    services: services.map(serviceJson),
    functions: functionsJson(report),
    drift: driftJson(report),
  };
}

/** Faults as those of checks are; that nobody looked for a while is for who looks at SINCE. */
export function functionsJson({ functions }: Report): object {
  const apps = functions.apps.map((app) => ({ ...app, fault: faultJson(app.fault) }));
  const items = functions.items.map(({ unwatchedUntil: _, ...item }) => item);
  return { ...functions, apps, items };
}

/** What an apply would change stays in the cockpit: its lines are for people. */
export function driftJson({ drift: { state, note, items } }: Report): object {
  return {
    state,
    note,
    items: items.map(({ change, check: _, ...item }) => ({
      ...item,
      change: change && { added: change.added, removed: change.removed },
    })),
  };
}

export function nodeJson(node: NodeReport): object {
  const { name, kind, description, state, note, since, confirmed, streak, flapping } = node;
  const { because, link, facts, checks } = node;
  const shown = { name, kind, description, state, note, since, confirmed, streak, flapping };
  return { ...shown, because, link, facts, checks: checks.map(checkJson) };
}

export function serviceJson(service: ServiceReport): object {
  const { id, host, name, description, manager, port, state, note, since, critical } = service;
  const { because, confirmed, streak, flapping, restarts, checks } = service;
  const shown = { id, host, name, description, manager, port, state, note, since, critical };
  const firm = { because, confirmed, streak, flapping, restarts };
  return { ...shown, ...firm, checks: checks.map(checkJson) };
}

function checkJson(check: CheckReport): object {
  const { id, kind, state, note, latencyMs, at, since, streak, because, facts, fault } = check;
  const rounded = latencyMs === null ? null : Math.round(latencyMs);
  const seen = { id, kind, state, note, latencyMs: rounded, at, since, streak, because, facts };
  return { ...seen, fault: faultJson(fault) };
}

function faultJson(fault: CheckReport['fault']): object | null {
  return fault && { ...fault, hint: fault.hint ?? null };
}
