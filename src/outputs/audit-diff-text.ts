import type { AuditDiff } from '../model/audit-diff.ts';
import { likeSeverity } from './audit-page.ts';
import { type Row, table } from './tables.ts';

/** What differs, what could not be compared, and which two audits these are. */
export function auditDiffText(diff: AuditDiff, color: boolean): string {
  const { changes, unknowns, untold } = diff;
  const rows = changes.map(
    ({ severity, title, before, after }): Row => [
      likeSeverity[severity],
      ...[severity, title, before ?? '–', after ?? '–'],
    ],
  );
  const open = unknowns.map(({ title, why }): Row => ['unknown', title, why]);
  return [
    `${headLine(diff)}\n`,
    ...(rows.length === 0 ? [] : [table(['SEVERITY', 'WHAT', 'BEFORE', 'NOW'], rows, color)]),
    ...(open.length === 0 ? [] : [table(['NOT COMPARED', 'WHY'], open, color)]),
    ...(untold.length === 0 ? [] : [`neither could tell: ${untold.join(', ')}\n`]),
  ].join('\n');
}

/** `clanker-001 differs in 2 from the audit that was accepted (20260218T090000Z-3fk2)`. */
function headLine({ host, accepted, newest, verdict, changes, unknowns }: AuditDiff): string {
  const beside = `the accepted audit of ${accepted.at.slice(0, 16)}Z (${accepted.id})`;
  const now = `as of ${newest.at.slice(0, 16)}Z`;
  if (verdict === 'same') return `${host}, ${now}, is as ${beside} says`;
  if (verdict === 'differs') {
    const things = changes.length === 1 ? 'one thing' : `${changes.length} things`;
    return `${host}, ${now}, differs in ${things} from ${beside}`;
  }
  const things = unknowns.length === 1 ? 'one thing' : `${unknowns.length} things`;
  return `${host}, ${now}: ${things} could not be compared with ${beside}`;
}
