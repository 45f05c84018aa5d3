import { type AuditView, freshAudit } from './audit-view.ts';
import type { UiState } from './ui-state.ts';

interface Audited {
  readonly ui: UiState;
  readonly audit: AuditView | null;
}

/** A mind with this audit: one that begins is read from its beginning. */
export function withAudit({ ui, audit: before }: Audited, audit: AuditView | null): Audited {
  if (audit === null) return { ui: { ...ui, audit: null }, audit };
  const begins = audit.phase === 'running' && before?.phase !== 'running';
  const unsaid = audit.phase === 'done' && audit.unit === null && ui.audit?.isUnit === true;
  const own = begins || ui.audit === null ? freshAudit : ui.audit;
  return { ui: { ...ui, audit: unsaid ? { ...own, isUnit: false } : own }, audit };
}
