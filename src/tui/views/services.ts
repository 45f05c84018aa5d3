import { worstCheck } from '../../model/explain-service.ts';
import type { ServiceReport } from '../../model/report.ts';
import { classOf, severityOf } from '../../model/state.ts';
import { ageOf } from '../freshness.ts';
import type { Known } from '../known.ts';
import { lastingCell } from '../lasting.ts';
import { seg } from '../line.ts';
import { stripLength } from '../strips.ts';
import { latencyInSteps, latencyStep } from '../times.ts';
import { glyphColumn, noteColumn, stateColumn, textColumn, widthFor } from './columns.ts';
import type { Column, Subject, View } from './contract.ts';
import { serviceDetail } from './service-detail.ts';

/** A service as the table reads it. */
interface ServiceSubject extends Subject {
  readonly since: string | null;
  readonly unwatchedUntil: string | null;
  readonly streak: ServiceReport['streak'];
  readonly latencyMs: number | null;
  readonly report: ServiceReport;
  /** The last samples of the check that decides. */
  readonly strip: string;
}

/** Every service, worst first; equal states in the inventory's order. */
export const servicesView: View = {
  tab: 'services',
  title: 'Services',
  list: (known) =>
    known.report.services
      .map((report) => subjectOf(report, known))
      .sort((a, b) => severityOf(a.state) - severityOf(b.state)),
  columns: columnsOf,
  empty: () => 'the inventory names no services',
  detail: (known, subject, frame) =>
    serviceDetail(known, (subject as ServiceSubject).report, frame),
};

function subjectOf(report: ServiceReport, known: Known): ServiceSubject {
  const { id, name, host, manager, since, unwatchedUntil, streak } = report;
  const deciding = worstCheck(report.checks)?.latencyMs ?? null;
  const measured = report.checks.find(({ latencyMs }) => latencyMs !== null)?.latencyMs ?? null;
  return {
    id,
    name,
    host,
    kind: manager,
    state: report.state,
    note: noteOf(report),
    age: ageOf(report.checks, known),
    since,
    unwatchedUntil,
    streak,
    latencyMs: report.state === 'down' ? deciding : (deciding ?? measured),
    report,
    checks: report.checks,
    strip: known.strips.of(shownCheck(report) ?? '', stripLength),
  };
}

/** The one in trouble, else the first that takes time. */
function shownCheck({ state, checks }: ServiceReport): string | undefined {
  const measured = checks.find(({ latencyMs }) => latencyMs !== null);
  const worst = worstCheck(checks);
  return (classOf(state) === 'good' ? (measured ?? worst) : worst)?.id;
}

/** What is well and counts nothing is known by its port. */
function noteOf({ note, port, flapping }: ServiceReport): string {
  const shown = note === '' && port !== null ? `:${port}` : note;
  return flapping ? `flapping · ${shown}` : shown;
}

/** The newest samples; a wide screen has room for more of them. */
function stripColumn(cells: number, from: number): Column {
  return {
    title: `LAST ${cells}`,
    width: cells,
    from,
    cell: (subject) => [seg((subject as ServiceSubject).strip.slice(-cells), 'dim')],
  };
}

function columnsOf(subjects: readonly Subject[]): readonly Column[] {
  const width = (texts: readonly string[], max: number): number => widthFor(texts, { min: 7, max });
  const names = width(
    subjects.map(({ name }) => name),
    24,
  );
  const hosts = width(
    subjects.map(({ host }) => host),
    18,
  );
  return [
    glyphColumn,
    textColumn({ title: 'SERVICE', width: names, from: 0 }, ({ name }) => name),
    textColumn({ title: 'HOST', width: hosts, from: 64 }, ({ host }) => host),
    textColumn({ title: 'MANAGER', width: 7, from: 100 }, ({ kind }) => kind),
    stateColumn,
    {
      title: 'SINCE',
      width: 6,
      from: 72,
      order: (subject) => Date.parse((subject as ServiceSubject).since ?? '') || null,
      cell: (subject, times) => [seg(lastingCell(subject as ServiceSubject, times))],
    },
    {
      title: 'LATENCY',
      width: 7,
      from: 90,
      align: 'right',
      order: (subject) => {
        const { latencyMs } = subject as ServiceSubject;
        return latencyMs === null ? null : latencyStep(latencyMs);
      },
      cell: (subject) => [seg(latencyInSteps((subject as ServiceSubject).latencyMs))],
    },
    { ...stripColumn(24, 132), wider: [stripColumn(40, 160), stripColumn(60, 180)] },
    noteColumn,
  ];
}
