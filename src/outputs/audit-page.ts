import type { AuditReport, Severity } from '../model/audit.ts';
import type { State } from '../model/state.ts';
import { type Row, table } from './tables.ts';

/** Shown in the colour and with the sign of a state that every other page has. */
const likeSeverity: Readonly<Record<Severity, State>> = {
  critical: 'down',
  warning: 'degraded',
  unknown: 'unknown',
  info: 'idle',
};

/** What a host runs and by what, what needs a look, and what could not be told. */
export function auditPage(report: AuditReport, color: boolean): string {
  const { services, findings, unknowns } = report;
  const served = services.map(({ name, port, manager, restart }): Row => {
    const { kind, confidence } = manager;
    const state = kind === 'unknown' ? 'unknown' : 'up';
    return [
      state,
      name,
      port === null ? '' : String(port),
      kind,
      manager.name ?? '',
      confidence,
      restart ?? '',
    ];
  });
  const found = findings.map(
    ({ id, severity, title, remedy }): Row => [likeSeverity[severity], severity, id, title, remedy],
  );
  const untold = unknowns.map(({ probe, why, words }): Row => ['unknown', probe, why, words]);
  const tables = [
    table(['SERVICE', 'PORT', 'MANAGER', 'NAME', 'CONFIDENCE', 'RESTART'], served, color),
    found.length === 0
      ? 'nothing needs a look\n'
      : table(['SEVERITY', 'FINDING', 'WHAT', 'REMEDY'], found, color),
    untold.length === 0 ? '' : table(['NOT TOLD', 'WHY', 'WORDS'], untold, color),
  ];
  return tables.filter((one) => one !== '').join('\n');
}
