import type { AuditReport, Finding } from '../../model/audit.ts';

/** What was seen, before anything is found in it. */
export type Looked = Omit<AuditReport, 'findings'>;

/** One thing to look for: none where all is well, and none where it cannot be told. */
export type Rule = (looked: Looked) => readonly Finding[];
