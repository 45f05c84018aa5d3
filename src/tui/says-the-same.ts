import type { Report } from '../model/report.ts';
import type { Known } from './known.ts';

/**
 * Whether only figures have moved between two commits: latencies, percents, ages. Everything stands
 * as it stood, for the same reason and as firmly, nothing has happened, and nobody is told anything.
 */
export function saysTheSame(before: Known, after: Known): boolean {
  if (before === after) return true;
  return (
    before.state.transitions === after.state.transitions &&
    before.network === after.network &&
    before.paused === after.paused &&
    before.notice === after.notice &&
    before.audited === after.audited &&
    before.restoredFrom === after.restoredFrom &&
    before.freshness.measured === after.freshness.measured &&
    (before.freshness.agedMs === null) === (after.freshness.agedMs === null) &&
    sameReport(before.report, after.report)
  );
}

function sameReport(a: Report, b: Report): boolean {
  return (
    sameThings(a.nodes, b.nodes) &&
    sameThings(a.services, b.services) &&
    sameThings(a.functions.apps, b.functions.apps) &&
    sameThings(a.functions.items, b.functions.items) &&
    sameThings(a.drift.items, b.drift.items)
  );
}

/** What a row says of itself; `verdict` is a file's state. */
interface Thing {
  readonly state?: string;
  readonly verdict?: string;
  readonly note: string;
  readonly because: string | null;
  readonly streak?: { readonly toward: string | null; readonly n: number };
  readonly checks?: readonly Thing[];
}

function sameThings(a: readonly Thing[], b: readonly Thing[]): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((one, index) => sameThing(one, b[index]));
}

function sameThing(a: Thing, b: Thing | undefined): boolean {
  if (a === b) return true;
  return (
    b !== undefined &&
    a.state === b.state &&
    a.verdict === b.verdict &&
    a.note === b.note &&
    a.because === b.because &&
    a.streak?.toward === b.streak?.toward &&
    a.streak?.n === b.streak?.n &&
    sameThings(a.checks ?? [], b.checks ?? [])
  );
}
