import type { AuditedService } from '../model/audit.ts';
import { longestCommand, plainText } from '../model/plain-text.ts';
import { type Line, lineOf, type Segment, seg } from './line.ts';
import { type SmallRow, smallTableLines } from './small-table.tsx';
import { glyphOf, toneOf } from './state-marks.ts';

/** A service of the inventory: what manages it, what it survives, and how a person handles it. */
export function serviceLines(service: AuditedService, width: number): readonly Line[] {
  const { name, port, manager } = service;
  const state = manager.kind === 'unknown' ? 'unknown' : 'up';
  const title: readonly Segment[] = [
    seg(`${glyphOf(state)}`, toneOf(state)),
    seg(` ${plainText(name)}`, 'strong'),
    seg(port === null ? '' : ` :${port}`, 'dim'),
    seg(` ${managerWords(service)}`),
  ];
  return [lineOf(' ', ...title), ...tableLines(rowsOf(service), width)];
}

/** `tmux brain (likely)` */
function managerWords({ manager }: AuditedService): string {
  const { kind, name, confidence } = manager;
  if (kind === 'unknown') return 'nobody knows what manages it';
  return `${kind}${name === null ? '' : ` ${plainText(name, 80)}`} (${confidence})`;
}

function rowsOf(service: AuditedService): readonly SmallRow[] {
  const { survives, restart, stop, logs, process, manager } = service;
  const told: Readonly<Record<string, string>> = {
    seen: manager.evidence.join(' · '),
    reboot: survivesWords(survives.reboot, survives.why.reboot),
    crash: survivesWords(survives.crash, survives.why.crash),
    logout: survivesWords(survives.logout, survives.why.logout),
    restart: restart ?? 'nobody knows how',
    stop: stop ?? '',
    logs: logs ?? 'nobody knows where',
    process: process === null ? '' : processWords(process),
    code: service.olderThanDisk === true ? 'it runs what is no longer on the disk' : '',
    answers: reachedWords(service),
    documents: service.documents === null ? '' : String(service.documents),
    needs: service.dependencies.join(', '),
  };
  return Object.entries(told).flatMap(([what, value]) =>
    value === '' ? [] : [{ what, found: plainText(value, longestCommand) }],
  );
}

function survivesWords(survives: boolean | null, why: string): string {
  const word = survives === null ? 'unknown' : survives ? 'yes' : 'no';
  return why === '' ? word : `${word}: ${why}`;
}

function processWords({
  pid,
  user,
  command,
  workingDirectory,
}: NonNullable<AuditedService['process']>) {
  const of = user === null ? '' : ` of ${user}`;
  const where = workingDirectory === null ? '' : `, in ${workingDirectory}`;
  return `${pid}${of}: ${command.join(' ')}${where}`;
}

function reachedWords({ reached, port }: AuditedService): string {
  if (port === null) return '';
  const word = (one: boolean | null): string => (one === null ? 'unknown' : one ? 'yes' : 'no');
  const both = `there ${word(reached.fromHost)}, from here ${word(reached.fromHere)}`;
  return reached.note === '' ? both : `${both}: ${reached.note}`;
}

/** Whatever else listens there, in a table of its own. */
export function listenerLines(others: readonly AuditedService[], width: number): readonly Line[] {
  const rows = others.map(
    (one): SmallRow => ({
      port: one.port === null ? '' : String(one.port),
      name: plainText(one.name, 40),
      by: plainText(one.manager.kind === 'unknown' ? 'unknown' : managerWords(one), 200),
    }),
  );
  return tableLines(rows, width);
}

/** ink-table's, or in words where it cannot draw them. */
function tableLines(rows: readonly SmallRow[], width: number): readonly Line[] {
  const drawn = smallTableLines(rows, width - 4);
  const inWords = rows.map((row) => Object.values(row).filter(Boolean).join(': '));
  return (drawn ?? inWords).map((line) => lineOf('   ', line));
}
