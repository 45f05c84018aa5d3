import type { AppReport, FunctionReport } from '../../model/report.ts';
import { classOf, severityOf } from '../../model/state.ts';
import { endMark, runs24hText, triggersText } from '../../outputs/function-text.ts';
import { ageOf } from '../freshness.ts';
import type { Known } from '../known.ts';
import { seg } from '../line.ts';
import { comingCell, sinceCell } from '../times.ts';
import { glyphColumn, noteColumn, stateColumn, textColumn, widthFor } from './columns.ts';
import type { Column, Subject, View } from './contract.ts';
import { appDetail, functionDetail } from './function-detail.ts';

/** A function, or an app that has told of none yet, or whose trouble is none of a single one's. */
interface FunctionSubject extends Subject {
  readonly streak: FunctionReport['streak'];
  readonly item: FunctionReport | null;
  readonly app: AppReport | null;
}

/** Every function of the Inngest servers, worst first; equal states server by server. */
export const functionsView: View = {
  tab: 'functions',
  title: 'Functions',
  list: (known) =>
    [...appSubjects(known), ...known.report.functions.items.map((one) => subjectOf(one, known))]
      // The sort is stable: an app stands before its functions.
      .sort((a, b) => severityOf(a.state) - severityOf(b.state)),
  columns: columnsOf,
  empty: ({ report }) => report.functions.note,
  detail: (known, subject, frame) => {
    const { item, app } = subject as FunctionSubject;
    if (item) return functionDetail(known, item, frame);
    return appDetail(known, app as AppReport, frame);
  },
};

function appSubjects(known: Known): readonly FunctionSubject[] {
  const { apps, items } = known.report.functions;
  return apps
    .filter((app) => {
      const own = items.filter(({ server }) => server === app.server);
      if (own.length === 0) return true;
      return classOf(app.state) !== 'good' && own.every(({ state }) => classOf(state) !== 'bad');
    })
    .map((app) => ({
      id: app.app === null ? app.server : `${app.server}/${app.app}`,
      name: app.app ?? app.server,
      host: app.server,
      kind: 'app',
      state: app.state,
      note: app.note,
      age: ageAt(app.server, known),
      streak: streakAt(app.server, known),
      item: null,
      app,
    }));
}

function subjectOf(item: FunctionReport, known: Known): FunctionSubject {
  const { slug, name, server, state, note, streak } = item;
  const age = ageAt(server, known);
  return {
    id: slug,
    name,
    host: server,
    kind: 'function',
    state,
    note,
    age,
    streak,
    item,
    app: null,
  };
}

/** The check of a server, by the server's name. */
function checkAt(server: string, { network }: Known): { readonly id: string } | undefined {
  return network.checks.find(({ kind, name }) => kind === 'inngest' && name === server);
}

function ageAt(server: string, known: Known): Subject['age'] {
  const check = checkAt(server, known);
  return check ? ageOf([check], known) : null;
}

function streakAt(server: string, known: Known): FunctionSubject['streak'] {
  const health = known.state.health[checkAt(server, known)?.id ?? ''];
  return health?.streak ?? { toward: null, n: 0, of: 0 };
}

function columnsOf(subjects: readonly Subject[]): readonly Column[] {
  const rows = subjects as readonly FunctionSubject[];
  const width = (texts: readonly string[], min: number, max: number): number =>
    widthFor(texts, { min, max });
  const names = width(
    rows.map(({ name }) => name),
    8,
    26,
  );
  const started = rows.map(startedBy);
  const triggersWidth = (most: number): number => width(started, 8, most);
  const triggers = textColumn(
    { title: 'TRIGGERS', width: triggersWidth(24), from: 100 },
    startedBy,
  );
  const counts = width(rows.map(todayOf), 3, 12);
  return [
    glyphColumn,
    textColumn({ title: 'FUNCTION', width: names, from: 0 }, ({ name }) => name),
    stateColumn,
    {
      ...triggers,
      wider: [
        { ...triggers, width: triggersWidth(48), from: 160 },
        { ...triggers, width: triggersWidth(64), from: 190 },
      ],
    },
    {
      title: 'LAST RUN',
      width: 8,
      from: 64,
      order: (subject) => {
        const at = (subject as FunctionSubject).item?.lastRun?.at;
        return at === undefined ? null : Date.parse(at);
      },
      cell: (subject, times) => {
        const run = (subject as FunctionSubject).item?.lastRun;
        if (!run) return [seg('–', 'dim')];
        const tone = run.status === 'FAILED' ? 'warn' : 'plain';
        return [seg(endMark(run.status), tone), seg(` ${sinceCell(run.at, times)}`)];
      },
    },
    {
      title: 'NEXT',
      width: 7,
      from: 110,
      // Soonest first.
      order: (subject) => {
        const next = (subject as FunctionSubject).item?.nextRun ?? null;
        return next === null ? null : -Date.parse(next);
      },
      cell: (subject, times) => {
        const next = (subject as FunctionSubject).item?.nextRun ?? null;
        return [next === null ? seg('–', 'dim') : seg(comingCell(next, times))];
      },
    },
    { ...textColumn({ title: '24H', width: counts, from: 76 }, todayOf), order: runsOf },
    noteColumn,
  ];
}

function startedBy({ item }: FunctionSubject): string {
  return item ? triggersText(item) : '';
}

function todayOf({ item }: FunctionSubject): string {
  return item ? runs24hText(item) : '';
}

/** How many runs its day has seen. */
function runsOf(subject: Subject): number | null {
  const { item } = subject as FunctionSubject;
  if (!item) return null;
  const { completed, failed, running } = item.runs24h;
  return completed + failed + running;
}
