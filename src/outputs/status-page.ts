import { lastWordsOf } from '../model/last-words-of.ts';
import type { NodeReport, Report, ServiceReport, Summary } from '../model/report.ts';
import { classOf, type State, statesWorstFirst } from '../model/state.ts';
import { glyphs } from './glyphs.ts';
import { type Painter, painter } from './paint.ts';
import { resourcesLine, spaceText } from './resources.ts';
import { tailnetLines } from './tailnet-line.ts';

export interface PageOptions {
  readonly color: boolean;
  /** `lab healthy`: what is shown is not the real network. */
  readonly badge: string | null;
}

/** The status page: hosts with their services, what is wrong with each, the functions, the resources. */
export function statusPage(report: Report, options: PageOptions): string {
  const paint = painter(options.color);
  const { services } = report;
  const nodes = report.nodes.filter(({ kind }) => kind === 'host');
  const style: RowStyle = {
    paint,
    nameWidth: Math.max(9, ...services.map(({ name }) => name.length)),
    wordWidth: Math.max(9, ...services.map((service) => wordOf(service).length)),
  };
  const blocks = nodes.flatMap((node) => [
    headLine(node, paint),
    ...hostRows(node, report, style),
    ...services
      .filter(({ host }) => host === node.name)
      .flatMap((service) => [serviceRow(service, style), ...saidRows(service, style)]),
  ]);
  const badge = options.badge === null ? [] : [paint('bold', options.badge)];
  const resources = resourcesLine(report.nodes);
  const functions = functionsLine(report, paint);
  const tail = [
    ...tailnetLines(report, paint),
    ...clusterLines(report, paint),
    ...functions,
    ...(resources === null ? [] : [resources]),
    summaryLine(report.summary, paint),
  ];
  return [...badge, ...blocks, ...tail].map((line) => `${line.trimEnd()}\n`).join('');
}

interface RowStyle {
  readonly paint: Painter;
  readonly nameWidth: number;
  readonly wordWidth: number;
}

function headLine({ name, description, state, note }: NodeReport, paint: Painter): string {
  const title = paint('bold', name) + (description === '' ? '' : ` (${description})`);
  return state === 'up' ? title : `${title}  ${mark(state, paint)} ${state}  ${note}`;
}

/** A host without services still has a row: whether it can be reached. */
function hostRows(node: NodeReport, report: Report, style: RowStyle): readonly string[] {
  if (report.services.some(({ host }) => host === node.name)) return [];
  const [check] = node.checks;
  const manager = node.access === 'ssh' ? 'ssh' : 'host';
  const good = node.state === 'up';
  const tail = good ? tailOf(null, spaceText(node.facts)) : '';
  const state = node.state === 'down' ? 'down' : (check?.state ?? 'unknown');
  return [
    row({ manager, name: 'reachable', state, word: state === 'up' ? '' : state, tail }, style),
  ];
}

function serviceRow(service: ServiceReport, style: RowStyle): string {
  const { name, state, port, note, checks } = service;
  const manager = service.manager === 'none' ? (checks[0]?.kind ?? 'none') : service.manager;
  return row({ manager, name, state, word: wordOf(service), tail: tailOf(port, note) }, style);
}

/** What a unit in trouble has said last, below its row. */
function saidRows({ state, checks }: ServiceReport, { paint }: RowStyle): readonly string[] {
  if (classOf(state) === 'good') return [];
  return checks.flatMap(({ facts }) => {
    const said = lastWordsOf(facts);
    return said ? [`           ${paint('dim', `${said.from} said: ${said.text}`)}`] : [];
  });
}

function tailOf(port: number | null, note: string): string {
  return `${(port === null ? '' : `:${port}`).padEnd(7)} ${note}`;
}

function row(
  cells: { manager: string; name: string; state: State; word: string; tail: string },
  { paint, nameWidth, wordWidth }: RowStyle,
): string {
  const { manager, name, state, word, tail } = cells;
  const stateCell = `${mark(state, paint)} ${paint(state, word)}${' '.repeat(wordWidth - word.length)}`;
  return `  ${manager.padEnd(8)} ${name.padEnd(nameWidth + 2)} ${stateCell} ${tail}`;
}

function mark(state: State, paint: Painter): string {
  return paint(state, glyphs[state]);
}

/** What a unit does is run, what answers is healthy; trouble says how firm it is. */
function wordOf({ state, manager, streak }: ServiceReport): string {
  if (state === 'up') return manager === 'launchd' || manager === 'systemd' ? 'running' : 'healthy';
  const counts = classOf(state) === 'bad' && streak.toward !== null;
  return counts ? `${state} ${streak.n}/${streak.of}` : state;
}

/** The clusters that are not well, each with its first node in trouble: nothing else tells why. */
function clusterLines({ nodes }: Report, paint: Painter): readonly string[] {
  return nodes
    .filter(({ kind }) => kind === 'host')
    .flatMap(({ checks }) => checks)
    .filter(({ kind, state }) => kind === 'cluster' && classOf(state) !== 'good')
    .map(({ name, state, note }) => {
      const title = name.replace(':', ' ');
      return `${title[0]?.toUpperCase()}${title.slice(1)}: ${mark(state, paint)} ${paint(state, state)}  ${note}`;
    });
}

/** Only where they are not well: nothing above speaks of them. */
function functionsLine({ functions }: Report, paint: Painter): readonly string[] {
  const { state, note } = functions;
  if (classOf(state) === 'good') return [];
  return [`Functions: ${mark(state, paint)} ${paint(state, state)}  ${note}`];
}

function summaryLine(summary: Summary, paint: Painter): string {
  const counts = statesWorstFirst
    .filter((state) => summary[state] > 0)
    .map((state) => `${mark(state, paint)} ${summary[state]} ${state}`);
  return `Summary: ${paint(summary.state, summary.state)}  ${counts.join('  ')}`;
}
