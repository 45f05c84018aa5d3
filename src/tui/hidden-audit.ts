import type { AuditUi, AuditView } from './audit-view.ts';
import type { UiState } from './ui-state.ts';

/** The audit gives way to another view; it goes on, and is come back to. */
export function hideAudit(ui: UiState, audit: AuditUi): UiState {
  const own = { ...audit, typing: false };
  return { ...ui, audit: null, hiddenAudit: { own, isLast: true, isNews: false } };
}

/** It is shown again as it was left; nothing happens where none was. */
export function showHidden(ui: UiState): UiState {
  if (ui.hiddenAudit === null) return ui;
  return { ...ui, audit: ui.hiddenAudit.own, hiddenAudit: null, events: null };
}

/** Another view than the audit is now the one before this. */
export function withoutLast(ui: UiState): Pick<UiState, 'hiddenAudit'> {
  return { hiddenAudit: ui.hiddenAudit && { ...ui.hiddenAudit, isLast: false } };
}

/** What is said as it gives way. */
export function hiddenWords({ phase, host }: AuditView): string {
  return phase === 'running'
    ? `the audit of ${host} goes on: - or A shows it`
    : `- shows the audit of ${host} again`;
}

/** Whether it goes on, or has ended since: then it is shown before another can begin. */
export function callsBack({ hiddenAudit }: UiState, audit: AuditView | null): boolean {
  if (hiddenAudit === null || audit === null) return false;
  return audit.phase === 'running' || hiddenAudit.isNews;
}

/** What the footer of a tab tells of it: nothing once it has been seen. */
export function hiddenAuditHints(
  ui: UiState,
  audit: AuditView | null,
): readonly (readonly [string, string])[] {
  if (!callsBack(ui, audit)) return [];
  return [['A', audit?.phase === 'running' ? 'audit goes on' : 'audit has ended']];
}
