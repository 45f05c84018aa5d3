import type { AuditReport, Finding, Severity } from '../model/audit.ts';
import { plainText } from '../model/plain-text.ts';
import type { State } from '../model/state.ts';
import { hostLines } from './audit-host-lines.ts';
import { listenerLines, serviceLines } from './audit-services.ts';
import type { AuditDone, AuditItem, AuditPage, AuditText, AuditUi } from './audit-view.ts';
import { blankLine, hanging, type Line, lineOf, padded, seg, textOf } from './line.ts';
import { type SmallRow, smallTableLines } from './small-table.tsx';
import { glyphOf, toneOf } from './state-marks.ts';
import { wrapLine } from './wrap-line.ts';

/** Shown with the sign and in the colour of a state that every other page has. */
const likeSeverity: Readonly<Record<Severity, State>> = {
  critical: 'down',
  warning: 'degraded',
  unknown: 'unknown',
  info: 'idle',
};

export function signOf(severity: Severity): string {
  return glyphOf(likeSeverity[severity]);
}

/** Of an audit that was told nothing yet. */
export const noPage: AuditPage = { lines: [], items: [], texts: [] };

interface Made {
  readonly width: number;
  readonly findingsOnly: boolean;
  readonly page: AuditPage;
}

const made = new WeakMap<AuditReport, Made>();

/** What lies over the tab: the unit where it is asked for, else what was found. Tables are dear: kept as long as the width is. */
export function auditPageOf({ report, unit }: AuditDone, ui: AuditUi, width: number): AuditPage {
  if (ui.isUnit && unit) return pageFrom([{ lines: unitLines(unit.text) }], width);
  const { findingsOnly } = ui;
  const known = made.get(report);
  if (known?.width === width && known.findingsOnly === findingsOnly) return known.page;
  const page = pageFrom(findingsOnly ? findingParts(report) : partsOf(report, width), width);
  made.set(report, { width, findingsOnly, page });
  return page;
}

/** A piece of the page; what `n` stops at has an id. */
interface Part {
  readonly lines: readonly Line[];
  readonly id?: string;
  readonly service?: string | null;
}

function pageFrom(parts: readonly Part[], width: number): AuditPage {
  const lines: Line[] = [];
  const items: AuditItem[] = [];
  const texts: AuditText[] = [];
  for (const { lines: own, id, service = null } of parts) {
    if (id !== undefined) items.push({ line: lines.length, id, service });
    for (const line of own) {
      texts.push({ line: lines.length, text: textOf(line) });
      lines.push(...wrapLine(line, width));
    }
  }
  return { lines, items, texts };
}

/** What the host is, what needs a look, worst first, then what runs there, then what could not be told. */
function partsOf(report: AuditReport, width: number): readonly Part[] {
  const { services, unknowns } = report;
  const declared = services.filter((one) => one.declared);
  const others = services.filter((one) => !one.declared);
  return [
    { lines: hostLines(report) },
    ...findingParts(report),
    ...(declared.length === 0 ? [] : [heading('Services', declared.length)]),
    ...declared.map(
      (one): Part => ({ lines: serviceLines(one, width), id: one.name, service: one.name }),
    ),
    ...(others.length === 0 ? [] : [heading('Also listening', others.length)]),
    { lines: listenerLines(others, width) },
    ...(unknowns.length === 0 ? [] : [heading('Not told', unknowns.length)]),
    { lines: unknownLines(report, width) },
  ];
}

function findingParts(report: AuditReport): readonly Part[] {
  const { findings } = report;
  const none = lineOf(' ', seg('nothing needs a look', 'good'));
  return [
    heading('Findings', findings.length),
    ...(findings.length === 0 ? [{ lines: [none] }] : []),
    ...findings.map(
      (one): Part => ({ lines: findingLines(one), id: one.id, service: serviceOf(one, report) }),
    ),
  ];
}

function heading(title: string, count: number): Part {
  return { lines: [blankLine, lineOf(' ', seg(title, 'strong'), ` ${count}`)] };
}

function findingLines({ id, severity, title, evidence, remedy }: Finding): readonly Line[] {
  const state = likeSeverity[severity];
  const row = (name: string, text: string): readonly Line[] =>
    text === ''
      ? []
      : [hanging(lineOf('   ', padded(name, 5, { tone: 'dim' }), plainText(text)), 8)];
  return [
    hanging(
      lineOf(' ', seg(`${glyphOf(state)} ${severity}`, toneOf(state)), ` ${plainText(title)}`),
      3,
    ),
    ...row('seen', evidence),
    ...row('do', remedy),
    ...row('id', id),
  ];
}

/** By its id: `manual-service/pdf-brain` is of pdf-brain. */
function serviceOf({ id }: Finding, { services }: AuditReport): string | null {
  const name = id.slice(id.lastIndexOf('/') + 1);
  return services.find((one) => one.declared && one.name === name)?.name ?? null;
}

/** A table of more rows than these nobody reads to its end. */
const mostRows = 60;

function unknownLines({ unknowns, host }: AuditReport, width: number): readonly Line[] {
  const rows = unknowns.slice(0, mostRows).map(
    ({ probe, why, words }): SmallRow => ({
      ...{ probe: plainText(probe, 40), why },
      words: plainText(words, 200),
    }),
  );
  const drawn = smallTableLines(rows, width - 2);
  const inWords = rows.map(({ probe = '', why = '', words = '' }) =>
    plainText(`${probe}: ${why}${words === '' ? '' : `, ${words}`}`),
  );
  const more = unknowns.length - rows.length;
  return [
    ...(drawn ?? inWords).map((line) => lineOf(' ', line)),
    ...(more > 0 ? [lineOf(` and ${more} more: joelclaw audit ${plainText(host)} --json`)] : []),
  ];
}

function unitLines(text: string): readonly Line[] {
  return text.split('\n').map((line) => lineOf(' ', plainText(line.replaceAll('\t', '  '), 1000)));
}
