import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { nodeIdOf } from '../../model/node-id.ts';
import type { NodeLink, NodeReport } from '../../model/report.ts';
import { severityOf } from '../../model/state.ts';
import { linkText } from '../../outputs/link-text.ts';
import { oldAuditNote } from '../audited.ts';
import { ageOf } from '../freshness.ts';
import type { Known } from '../known.ts';
import { type Segment, seg } from '../line.ts';
import { ratioOf, secondsInSteps, secondsStep } from '../sizes.ts';
import { toneOf } from '../state-marks.ts';
import {
  barSegments,
  glyphColumn,
  noteColumn,
  stateColumn,
  textColumn,
  widthFor,
} from './columns.ts';
import type { Column, Subject, View } from './contract.ts';
import { k8sNodeDetail } from './k8s-node-detail.ts';
import { nodeDetail } from './node-detail.ts';

/** A node as the table reads it. */
interface NodeSubject extends Subject {
  readonly streak: NodeReport['streak'];
  readonly report: NodeReport;
}

/** Every host, then every node of a cluster; the worst first. */
export const nodesView: View = {
  tab: 'nodes',
  title: 'Nodes',
  list: (known) =>
    known.report.nodes
      .map((node) => ({
        id: nodeIdOf(node),
        name: node.name,
        host: node.name,
        kind: node.kind,
        state: node.state,
        note: noteOf(known, node),
        age: ageOf(node.checks, known),
        streak: node.streak,
        report: node,
        checks: node.checks,
      }))
      .sort((a, b) => severityOf(a.state) - severityOf(b.state)),
  columns: columnsOf,
  empty: () => 'the inventory names no hosts',
  detail: (known, subject, frame) => {
    const { report } = subject as NodeSubject;
    return report.kind === 'k8s'
      ? k8sNodeDetail(known, report, frame)
      : nodeDetail(known, report, frame);
  },
};

/** An old audit is told of a host of which nothing worse is to be told. */
function noteOf(known: Known, { name, kind, state, note, flapping }: NodeReport): string {
  if (flapping) return `flapping · ${note}`;
  const old = kind === 'host' && state === 'up' ? oldAuditNote(known, name) : null;
  return [old, note].filter(Boolean).join(' · ');
}

function columnsOf(subjects: readonly Subject[]): readonly Column[] {
  const nodes = subjects as readonly NodeSubject[];
  const names = widthFor(
    nodes.map(({ name }) => name),
    { min: 6, max: 24 },
  );
  const words = widthFor(
    nodes.map(({ report }) => report.description),
    { min: 11, max: 28 },
  );
  const linked = nodes.some(({ report }) => report.link !== null);
  const described = textColumn(
    { title: 'DESCRIPTION', width: words, from: linked ? 132 : 110 },
    ({ report }: NodeSubject) => report.description,
  );
  return [
    glyphColumn,
    textColumn({ title: 'NODE', width: names, from: 0 }, ({ name }) => name),
    ...(nodes.some(({ report }) => report.description !== '') ? [described] : []),
    stateColumn,
    ...(linked ? [linkColumn] : []),
    ordered(
      barColumn('MEMORY', 64, (facts, cells) => barSegments(memoryRatio(facts), cells)),
      (facts) => percentOf(memoryRatio(facts)),
    ),
    ordered(
      barColumn('DISK', 80, (facts, cells) => barSegments(fullestDisk(facts), cells)),
      (facts) => percentOf(fullestDisk(facts)),
    ),
    ordered(barColumn('CPU LOAD', 96, loadSegments), loadStep),
    ordered(
      column('UPTIME', 104, ({ facts }) => [seg(secondsInSteps(facts['uptimeSeconds']))], 6),
      ({ uptimeSeconds }) => secondsStep(uptimeSeconds),
    ),
    ...(linked ? [keyColumn] : []),
    noteColumn,
  ];
}

/** The way to it over the tailnet: gives way before what fills up, stays longer than a load. */
const linkColumn: Column = {
  ...column('LINK', 90, ({ link }) => [seg(...linkWords(link))], 8),
  order: (subject) => linkText((subject as NodeSubject).report.link) || null,
};

/** The day on which its tailnet key ends. */
const keyColumn: Column = {
  ...column('KEY ENDS', 150, ({ link }) => [seg(keyEnd(link) ?? '–')], 10),
  order: (subject) => keyEnd((subject as NodeSubject).report.link),
};

function keyEnd(link: NodeLink | null): string | null {
  return link?.keyExpiry?.slice(0, 10) ?? null;
}

function linkWords(link: NodeLink | null): Parameters<typeof seg> {
  if (link === null) return ['–', 'dim'];
  return [linkText(link), link.state === 'offline' ? toneOf('degraded') : 'plain'];
}

function column(
  title: string,
  from: number,
  cell: (report: NodeReport) => ReturnType<Column['cell']>,
  width: number,
): Column {
  return { title, from, width, cell: (subject) => cell((subject as NodeSubject).report) };
}

function ordered(made: Column, order: (facts: JsonObject) => number | null): Column {
  return { ...made, order: (subject) => order((subject as NodeSubject).report.facts) };
}

function percentOf(ratio: number | null): number | null {
  return ratio === null ? null : Math.round(ratio * 100);
}

/** The used share of memory; null when it was not seen. */
function memoryRatio(facts: JsonObject): number | null {
  const memory = facts['memory'];
  return isJsonObject(memory) ? ratioOf(memory['usedBytes'], memory['totalBytes']) : null;
}

/** Of several disks the fullest is the one to know of. */
function fullestDisk(facts: JsonObject): number | null {
  const disks = facts['disks'];
  if (!Array.isArray(disks)) return null;
  const ratios = disks
    .filter(isJsonObject)
    .map((disk) => ratioOf(disk['usedBytes'], disk['sizeBytes']));
  return ratios.reduce((worst, one) => (one === null ? worst : Math.max(worst ?? 0, one)), null);
}

/** A short bar, and a longer one where there is room; behind it a number of up to 5 cells. */
function barColumn(
  title: string,
  from: number,
  cell: (facts: JsonObject, cells: number) => readonly Segment[],
): Column {
  const bar = (cells: number, start: number): Column =>
    column(title, start, ({ facts }) => cell(facts, cells), cells + 5);
  return { ...bar(4, from), wider: [bar(6, 132)] };
}

/** The load for each processor as a bar, full where none of them is ever idle; then the load itself. */
function loadSegments(facts: JsonObject, cells: number): readonly Segment[] {
  const load = loadStep(facts);
  const ratio = ratioOf(load, facts['cpus']);
  const words = load?.toFixed(1) ?? '–';
  if (ratio === null) return [seg(words, load === null ? 'dim' : 'plain')];
  const [full, rest] = barSegments(ratio, cells);
  return [full, rest, seg(words.padStart(5))].filter((one) => one !== undefined);
}

/** In steps of a half, so that an idle machine writes nothing; null when it was not seen. */
function loadStep({ load1 }: JsonObject): number | null {
  return typeof load1 === 'number' ? Math.round(load1 * 2) / 2 : null;
}
