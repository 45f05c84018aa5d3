import type { AuditReport, Severity } from '../../model/audit.ts';
import { plainText } from '../../model/plain-text.ts';
import { auditPageOf, signOf } from '../audit-page.ts';
import { textMatcher } from '../audit-search.ts';
import type { AuditDone, AuditPage, AuditRunning, AuditUi, AuditView } from '../audit-view.ts';
import { blankLine, type Line, lineOf, type Segment, seg, type Tone } from '../line.ts';
import { patternFault } from '../pattern.ts';
import { barOf } from '../sizes.ts';
import { wrapLine } from '../wrap-line.ts';
import { faultSegments, ruleLine } from './title.ts';

interface Room {
  readonly width: number;
  readonly rows: number;
}

/** An audit over its tab: how far it is, why it failed, or what it found. */
export function auditLines(view: AuditView, ui: AuditUi, { width, rows }: Room): readonly Line[] {
  const titled = (aside: readonly Segment[], lines: readonly Line[]): readonly Line[] => [
    ruleLine(titleOf(view, ui), aside, width),
    ...lines,
  ];
  if (view.phase === 'running') return titled([seg('looking …', 'accent')], runningLines(view));
  if (view.phase === 'failed') {
    const { message, hint } = view;
    const lines = [
      lineOf(' ', seg('✕', 'bad'), ` ${plainText(message, 1000)}`),
      lineOf(` → ${plainText(hint, 1000)}`),
      blankLine,
      lineOf(' ', seg('A tries again, esc leaves', 'dim')),
    ];
    return titled(
      [seg('✕ nothing was told', 'bad')],
      lines.flatMap((line) => wrapLine(line, width)),
    );
  }
  return doneLines(view, ui, { width, rows });
}

function titleOf(view: AuditView, { isUnit }: AuditUi): readonly Segment[] {
  const host = plainText(view.host);
  if (view.phase === 'done' && isUnit && view.unit) {
    return [seg('Unit', 'strong'), seg(` ${plainText(view.unit.service)} on ${host}`)];
  }
  return [seg('Audit', 'strong'), seg(` ${host}`)];
}

/** The probe's name is the script's own: it says what is being waited for. */
function runningLines({ probe, begun, of, elapsedMs }: AuditRunning): readonly Line[] {
  const { full, rest } = barOf(of === 0 ? null : begun / of, 20);
  return [
    lineOf(
      ' ',
      seg(full, 'accent'),
      seg(rest, 'dim'),
      `  ${begun} of ${of} · ${Math.floor(elapsedMs / 1000)} s`,
    ),
    lineOf(' ', seg(probe === null ? 'connecting' : plainText(probe, 60), 'strong')),
    blankLine,
    lineOf(
      ' ',
      seg('one connection; nothing is written there; esc ends it, - and 1–4 let it go on', 'dim'),
    ),
  ];
}

function doneLines(view: AuditDone, ui: AuditUi, { width, rows }: Room): readonly Line[] {
  const page = auditPageOf(view, ui, width);
  const { lines } = page;
  const room = Math.max(1, rows - 1);
  const from = Math.max(0, Math.min(ui.scroll, lines.length - room));
  const at = cursorOf(page, ui);
  const marked = markedLines(page, ui.search);
  const shown = lines.slice(from, from + room).map((line, row): Line => {
    if (from + row === at) return { ...line, look: 'selected' };
    return marked.has(from + row) ? { ...line, segments: line.segments.map(asFound) } : line;
  });
  const below = lines.length - from - room;
  const isNarrow = width < narrow;
  const more = below > 0 && !isNarrow ? [seg(` · +${below} below`, 'dim')] : [];
  const told =
    ui.isUnit && view.unit ? [seg('proposed', 'accent')] : countsOf(view.report, isNarrow);
  const typed = typedSegments(ui);
  // What is typed never gives way.
  const aside = isNarrow && typed.length > 0 ? [] : [...told, ...more];
  const only = ui.findingsOnly && !ui.isUnit ? [seg(' · '), seg('findings only', 'warn')] : [];
  return [ruleLine([...titleOf(view, ui), ...only, ...typed], aside, width), ...shown];
}

/** The line that the search has come to, else that `n` has. */
function cursorOf({ items, texts }: AuditPage, ui: AuditUi): number | undefined {
  if (ui.found !== null) return texts[ui.found]?.line;
  return ui.item === null || ui.isUnit ? undefined : items[ui.item]?.line;
}

/** All lines of each text that has what is searched for. */
function markedLines({ texts, lines }: AuditPage, search: string): ReadonlySet<number> {
  const matches = textMatcher(search);
  const marked = new Set<number>();
  texts.forEach(({ line, text }, index) => {
    if (!matches(text)) return;
    const end = texts[index + 1]?.line ?? lines.length;
    for (let at = line; at < end; at++) marked.add(at);
  });
  return marked;
}

function asFound({ text }: Segment): Segment {
  return seg(text, text.trim() === '' ? 'plain' : 'badge');
}

function typedSegments({ search, typing }: AuditUi): readonly Segment[] {
  if (search === '' && !typing) return [];
  const typed = seg(`/${search}${typing ? '▏' : ''}`, 'accent');
  return [seg(' · '), typed, ...faultSegments(patternFault(search.trim()))];
}

/** Below this a sign stands for a word, so that the host keeps its room. */
const narrow = 60;

const tones: Readonly<Record<Severity, Tone>> = {
  critical: 'bad',
  warning: 'warn',
  unknown: 'unsure',
  info: 'dim',
};

/** How many findings there are of each severity, the worst first. */
function countsOf({ findings, cutOff }: AuditReport, isNarrow: boolean): readonly Segment[] {
  const counted = (Object.keys(tones) as readonly Severity[]).flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0
      ? []
      : [seg(`${count} ${isNarrow ? signOf(severity) : severity}`, tones[severity])];
  });
  const all = cutOff === null ? counted : [seg('cut off', 'warn'), ...counted];
  if (all.length === 0) return [seg(isNarrow ? '✓' : '✓ nothing needs a look', 'good')];
  return all.flatMap((one, index) => (index === 0 ? [one] : [seg(' · '), one]));
}
