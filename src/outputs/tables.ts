import { stateOfItem } from '../model/file-verdict.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { textOf, textsOf } from '../model/read-facts.ts';
import type { NodeReport, Report } from '../model/report.ts';
import { classOf, type State, severityOf } from '../model/state.ts';
import { changeText } from './change-text.ts';
import { endMark, runs24hText, triggersText } from './function-text.ts';
import { glyphs } from './glyphs.ts';
import { linkText } from './link-text.ts';
import { painter } from './paint.ts';
import { tailnetLines } from './tailnet-line.ts';
import { bytesText, percentOf } from './units.ts';

const isHost = ({ kind }: NodeReport): boolean => kind === 'host';

/** A state, whose glyph stands before it, and its cells. */
export type Row = readonly [State, ...string[]];

/** The Nodes tab as text: the hosts, and below them the nodes of clusters. */
export function nodesTable(report: Report, color: boolean): string {
  const head = ['NODE', 'STATE', 'LINK', 'MEMORY', 'DISK', 'NOTE'];
  const { nodes } = report;
  const [hosts, k8s] = [nodes.filter(isHost), nodes.filter((node) => !isHost(node))];
  const rows = hosts.map(
    ({ state, name, link, facts, note }): Row => [
      state,
      name,
      state,
      linkText(link),
      memoryText(facts),
      diskText(facts),
      note,
    ],
  );
  const told = tailnetLines(report, painter(color)).map((line) => `${line}\n`);
  return table(head, rows, color) + told.join('') + k8sNodesTable(k8s, color);
}

/** The nodes of clusters, which have other things to tell; nothing where there are none. */
function k8sNodesTable(nodes: readonly NodeReport[], color: boolean): string {
  if (nodes.length === 0) return '';
  const head = ['K8S NODE', 'STATE', 'CLUSTER', 'ROLE', 'VERSION', 'READY', 'PRESSURE', 'TAINTS'];
  const rows = nodes.map(({ state, name, facts, note }): Row => {
    const { cluster, roles, version, ready, pressure, taints } = facts;
    // What was seen before is no measurement of now.
    const isSeen = state !== 'unknown' && state !== 'suppressed';
    const told = [textOf(cluster), listOf(roles), textOf(version), isSeen ? textOf(ready) : ''];
    const kept = isSeen ? [listOf(pressure), listOf(taints)] : ['', ''];
    return [state, name, state, ...[...told, ...kept].map((one) => one ?? ''), note];
  });
  return `\n${table([...head, 'NOTE'], rows, color)}`;
}

function listOf(value: Json | undefined): string {
  return textsOf(value).join(',');
}

/** The Services tab as text, worst first. */
export function servicesTable({ services }: Report, color: boolean): string {
  const head = ['SERVICE', 'HOST', 'MANAGER', 'STATE', 'PORT', 'NOTE'];
  const rows = services
    .toSorted((a, b) => severityOf(a.state) - severityOf(b.state))
    .map(({ state, name, host, manager, port, note, streak }): Row => {
      const bad = classOf(state) === 'bad' && streak.toward !== null;
      const firm = bad ? `${state} ${streak.n}/${streak.of}` : state;
      return [state, name, host, manager, firm, port === null ? '' : `:${port}`, note];
    });
  return table(head, rows, color);
}

/** The Functions tab as text, worst first; below it what is to be said of the whole. */
export function functionsTable({ functions }: Report, color: boolean): string {
  const { apps, items, note } = functions;
  // Of one server there is nothing to be told apart.
  const servedBy = (server: string): readonly string[] => (apps.length > 1 ? [server] : []);
  const head = [
    'FUNCTION',
    ...servedBy('SERVER'),
    'STATE',
    'TRIGGERS',
    'LAST RUN',
    'NEXT RUN',
    '24H',
    'NOTE',
  ];
  const rows = items
    .toSorted((a, b) => severityOf(a.state) - severityOf(b.state))
    .map((item): Row => {
      const { state, name, server, lastRun, nextRun, note: said } = item;
      const ran = lastRun ? `${endMark(lastRun.status)} ${lastRun.at.slice(0, 16)}Z` : '–';
      const next = nextRun === null ? '–' : `${nextRun.slice(0, 16)}Z`;
      const ran24h = runs24hText(item);
      return [state, name, ...servedBy(server), state, triggersText(item), ran, next, ran24h, said];
    });
  const told = table(head, rows, color);
  const named = apps.map(({ server, app, state, note: said }) =>
    [server, app, state, said].filter(Boolean).join('  '),
  );
  return told + (apps.length === 0 ? [note] : named).map((line) => `${line}\n`).join('');
}

/** The Drift tab as text. */
export function driftTable({ drift }: Report, color: boolean): string {
  const head = ['ITEM', 'VERDICT', 'CHANGE', 'HOST', 'SERVICE', 'NOTE'];
  const rows = drift.items.map((item): Row => {
    const { id, verdict, change, host, service, note } = item;
    return [stateOfItem(item), id, verdict, changeText(change), host ?? '', service ?? '', note];
  });
  return `${table(head, rows, color)}${drift.note === '' ? '' : `${drift.note}\n`}`;
}

/** Columns as wide as their widest cell; the glyph before each row is painted, the rest is plain. */
export function table(head: readonly string[], rows: readonly Row[], color: boolean): string {
  const paint = painter(color);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column + 1]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  const body = rows.map(([state, ...cells]) => `${paint(state, glyphs[state])} ${line(cells)}`);
  return [paint('bold', `  ${line(head)}`.trimEnd()), ...body]
    .map((text) => `${text.trimEnd()}\n`)
    .join('');
}

function memoryText(facts: JsonObject): string {
  const memory = facts['memory'];
  if (!isJsonObject(memory)) return '';
  const [used, total] = [Number(memory['usedBytes']), Number(memory['totalBytes'])];
  return `${bytesText(used)} / ${bytesText(total)} (${percentOf(used, total)}%)`;
}

function diskText(facts: JsonObject): string {
  const disks = facts['disks'];
  if (!Array.isArray(disks)) return '';
  return disks
    .filter(isJsonObject)
    .map(
      ({ mount, usedBytes, sizeBytes }) =>
        `${mount} ${percentOf(Number(usedBytes), Number(sizeBytes))}%`,
    )
    .join(' ');
}
