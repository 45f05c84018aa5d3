import type { Severity } from './audit.ts';

/** One thing by which two looks into a host differ. `id` is stable for the same thing: `listener/tcp/0.0.0.0:22`. */
export interface AuditChange {
  readonly id: string;
  readonly what: 'added' | 'gone' | 'changed';
  /** `new listener tcp 0.0.0.0:22` */
  readonly title: string;
  /** Null of what was not there. */
  readonly before: string | null;
  readonly after: string | null;
  readonly severity: Severity;
}

/** What one of both looks could not tell: neither a change nor the same. */
export interface NotCompared {
  readonly id: string;
  readonly title: string;
  /** `the accepted audit could not tell` */
  readonly why: string;
}

export interface AuditMark {
  readonly id: string;
  /** RFC 3339 UTC */
  readonly at: string;
}

/** An audit of a host beside the one that was accepted. The same two say the same bytes. */
export interface AuditDiff {
  readonly host: string;
  readonly accepted: AuditMark;
  readonly newest: AuditMark;
  /** `unknown` where nothing is known to differ and not everything could be compared. */
  readonly verdict: 'same' | 'differs' | 'unknown';
  /** The gravest first, then by id. */
  readonly changes: readonly AuditChange[];
  readonly unknowns: readonly NotCompared[];
  /** What neither could tell, then and now: nothing is said of it. */
  readonly untold: readonly string[];
}
