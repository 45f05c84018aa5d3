import type { AuditReport } from '../../model/audit.ts';
import type { AuditChange, AuditDiff } from '../../model/audit-diff.ts';
import type { FileVerdict } from '../../model/file-verdict.ts';
import type { Difference } from '../file/difference.ts';

/** After this an audit says little of its host. */
const oldMs = 30 * 24 * 3600 * 1000;
const mostLines = 200;

/** How a host stands beside its accepted audit. */
export interface DriftOfHost {
  readonly verdict: FileVerdict;
  readonly note: string;
  readonly change: Difference | null;
}

/** Nothing can be said of it. */
export function unknownDrift(note: string): DriftOfHost {
  return { verdict: 'unknown', note, change: null };
}

/** `diff` is null where no audit is accepted. */
export function driftOf(newest: AuditReport, diff: AuditDiff | null, nowMs: number): DriftOfHost {
  const isOld = nowMs - Date.parse(newest.at) > oldMs;
  const old = isOld ? ['its last audit is older than 30 days'] : [];
  const say = (verdict: FileVerdict, note: string, change: Difference | null): DriftOfHost => ({
    verdict,
    note: [...(note === '' ? [] : [note]), ...old].join('; '),
    change,
  });
  if (diff === null) {
    return say('unmanaged', `nothing is accepted: joelclaw audit accept ${newest.host}`, null);
  }
  if (diff.verdict === 'same') return say('in-sync', '', null);
  const change = changeOf(diff);
  const [first] = diff.changes;
  if (!first) return say('unknown', countOf(diff.unknowns.length, 'could not be compared'), change);
  const more = diff.changes.length - 1;
  return say('drift', `${first.title}${more === 0 ? '' : `, and ${more} more`}`, change);
}

function countOf(count: number, words: string): string {
  return `${count === 1 ? 'one thing' : `${count} things`} ${words}`;
}

/** What was accepted (`-`), and what is there now (`+`). */
function changeOf({ changes, unknowns }: AuditDiff): Difference {
  const told = changes.flatMap(linesOf);
  const open = unknowns.map(({ title, why }) => `@@ not compared: ${title}: ${why} @@`);
  const all = [...told, ...open];
  const lines = all.slice(0, mostLines);
  const left = all.length - lines.length;
  return {
    added: told.filter((line) => line.startsWith('+')).length,
    removed: told.filter((line) => line.startsWith('-')).length,
    lines: left === 0 ? lines : [...lines, `@@ ${left} more lines @@`],
  };
}

function linesOf({ severity, title, before, after }: AuditChange): readonly string[] {
  return [
    `@@ ${severity}: ${title} @@`,
    ...(before === null ? [] : [`-${before}`]),
    ...(after === null ? [] : [`+${after}`]),
  ];
}
