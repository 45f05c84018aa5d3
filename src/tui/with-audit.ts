import { type AuditUi, type AuditView, freshAudit } from './audit-view.ts';
import type { UiState } from './ui-state.ts';

interface Audited {
  readonly ui: UiState;
  readonly audit: AuditView | null;
}

/** A mind with this audit: one that begins, and a unit that comes, is read from its beginning. */
export function withAudit({ ui, audit: before }: Audited, audit: AuditView | null): Audited {
  if (audit === null) return { ui: { ...ui, audit: null }, audit };
  const begins = audit.phase === 'running' && before?.phase !== 'running';
  const own = begins || ui.audit === null ? freshAudit : ui.audit;
  return { ui: { ...ui, audit: withUnit(own, audit, before) }, audit };
}

/** A unit that was refused leaves the findings where they were. */
function withUnit(own: AuditUi, audit: AuditView, before: AuditView | null): AuditUi {
  if (!own.isUnit || audit.phase !== 'done') return own;
  if (audit.unit === null) return { ...own, isUnit: false, scroll: own.below };
  const known = before?.phase === 'done' ? before.unit : null;
  return audit.unit === known ? own : { ...own, scroll: 0 };
}
