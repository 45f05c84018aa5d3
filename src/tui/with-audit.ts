import { plainText } from '../model/plain-text.ts';
import { type AuditUi, type AuditView, freshAudit, type HiddenAudit } from './audit-view.ts';
import type { UiState } from './ui-state.ts';

interface Audited {
  readonly ui: UiState;
  readonly audit: AuditView | null;
}

/** A mind with this audit: one that begins, and a unit that comes, is read from its beginning. */
export function withAudit({ ui, audit: before }: Audited, audit: AuditView | null): Audited {
  const shown = { ...ui, hiddenAudit: null };
  if (audit === null) return { ui: { ...shown, audit: null }, audit };
  const begins = audit.phase === 'running' && before?.phase !== 'running';
  if (begins) return { ui: { ...shown, audit: freshAudit }, audit };
  const { hiddenAudit } = ui;
  if (hiddenAudit) return { ui: outOfSight(ui, hiddenAudit, { audit, before }), audit };
  return { ui: { ...ui, audit: withUnit(ui.audit ?? freshAudit, audit, before) }, audit };
}

/** One that ends out of sight is told in the footer; over logs no key shows it. */
function outOfSight(
  ui: UiState,
  hidden: HiddenAudit,
  { audit, before }: { readonly audit: AuditView; readonly before: AuditView | null },
): UiState {
  const hiddenAudit = { ...hidden, own: withUnit(hidden.own, audit, before) };
  if (audit.phase === 'running' || audit.phase === before?.phase) return { ...ui, hiddenAudit };
  const words = audit.phase === 'done' ? 'is done' : `has failed: ${plainText(audit.message, 200)}`;
  const key = ui.logs ? '' : '; A shows it';
  const message = `the audit of ${audit.host} ${words}${key}`;
  return { ...ui, hiddenAudit: { ...hiddenAudit, isNews: true }, message };
}

/** A unit that was refused leaves the findings where they were. */
function withUnit(own: AuditUi, audit: AuditView, before: AuditView | null): AuditUi {
  if (!own.isUnit || audit.phase !== 'done') return own;
  if (audit.unit === null) return { ...own, isUnit: false, scroll: own.below };
  const known = before?.phase === 'done' ? before.unit : null;
  return audit.unit === known ? own : { ...own, scroll: 0 };
}
