import type { AuditReport, Severity } from '../../model/audit.ts';
import { plainText } from '../../model/plain-text.ts';
import { auditPageOf, signOf } from '../audit-page.ts';
import type { AuditDone, AuditRunning, AuditUi, AuditView } from '../audit-view.ts';
import { blankLine, type Line, lineOf, type Segment, seg, type Tone } from '../line.ts';
import { barOf } from '../sizes.ts';
import { wrapLine } from '../wrap-line.ts';
import { ruleLine } from './title.ts';

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
    lineOf(' ', seg('one connection; nothing is written there; esc ends it', 'dim')),
  ];
}

function doneLines(view: AuditDone, ui: AuditUi, { width, rows }: Room): readonly Line[] {
  const { lines, items } = auditPageOf(view, ui, width);
  const room = Math.max(1, rows - 1);
  const from = Math.max(0, Math.min(ui.scroll, lines.length - room));
  const at = ui.item === null || ui.isUnit ? undefined : items[ui.item]?.line;
  const shown = lines
    .slice(from, from + room)
    .map((line, row): Line => (from + row === at ? { ...line, look: 'selected' } : line));
  const below = lines.length - from - room;
  const isNarrow = width < narrow;
  const more = below > 0 && !isNarrow ? [seg(` · +${below} below`, 'dim')] : [];
  const aside =
    ui.isUnit && view.unit ? [seg('proposed', 'accent')] : countsOf(view.report, isNarrow);
  return [ruleLine(titleOf(view, ui), [...aside, ...more], width), ...shown];
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
