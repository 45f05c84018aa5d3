import type { AuditReport } from '../model/audit.ts';
import type { Line } from './line.ts';

interface OfHost {
  readonly host: string;
}

/** How far it is: which of so many probes is at work, its name null before the first. */
export interface AuditRunning extends OfHost {
  readonly phase: 'running';
  readonly probe: string | null;
  readonly begun: number;
  readonly of: number;
  readonly elapsedMs: number;
}

/** Nothing was told; `hint` says what to do next. */
export interface AuditFailed extends OfHost {
  readonly phase: 'failed';
  readonly message: string;
  readonly hint: string;
}

/** What an adoption would propose for a service. */
interface ProposedUnit {
  readonly service: string;
  readonly text: string;
}

/** What it found, and the unit that was asked for last. */
export interface AuditDone extends OfHost {
  readonly phase: 'done';
  readonly report: AuditReport;
  readonly unit: ProposedUnit | null;
}

/** An audit as it is shown over a tab. */
export type AuditView = AuditRunning | AuditFailed | AuditDone;

/** What the keys change of it. */
export interface AuditUi {
  readonly scroll: number;
  /** The finding or service that `n` has gone to; null before that. */
  readonly item: number | null;
  /** The unit lies over the findings. */
  readonly isUnit: boolean;
  /** How far the findings below a unit were scrolled. */
  readonly below: number;
  /** Nothing but the findings is shown. */
  readonly findingsOnly: boolean;
  /** What is searched for; '' is nothing. */
  readonly search: string;
  readonly typing: boolean;
  /** Which of the page's texts the search has come to; null before that. */
  readonly found: number | null;
}

export const freshAudit: AuditUi = {
  ...{ scroll: 0, item: null, isUnit: false, below: 0, findingsOnly: false },
  ...{ search: '', typing: false, found: null },
};

/** An audit that was left for another view, and can be come back to. */
export interface HiddenAudit {
  readonly own: AuditUi;
  /** It was the view before this one. */
  readonly isLast: boolean;
  /** It has ended since. */
  readonly isNews: boolean;
}

/** A finding or a service, and the line at which it stands. */
export interface AuditItem {
  readonly line: number;
  /** What is copied of it: a finding's id, a service's name. */
  readonly id: string;
  /** Null where it is of no service. */
  readonly service: string | null;
}

/** A line before it was wrapped, and the line of the page at which it begins. */
export interface AuditText {
  readonly line: number;
  readonly text: string;
}

/** All that there is to read, nothing of it cut. */
export interface AuditPage {
  readonly lines: readonly Line[];
  readonly items: readonly AuditItem[];
  /** In the order of their lines; what is searched. */
  readonly texts: readonly AuditText[];
}
