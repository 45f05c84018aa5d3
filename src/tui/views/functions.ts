import type { AppReport } from '../../model/report.ts';
import { lineOf, seg } from '../line.ts';
import { wrapped } from './check-lines.ts';
import { glyphColumn, noteColumn, stateColumn, textColumn, widthFor } from './columns.ts';
import type { Column, Detail, Subject, View } from './contract.ts';

interface AppSubject extends Subject {
  readonly app: AppReport;
  readonly streak: { readonly toward: null; readonly n: 0; readonly of: 0 };
}

/** What the inventory's `inngest` list declares. Nothing of it is measured by this version. */
export const functionsView: View = {
  tab: 'functions',
  title: 'Functions',
  list: ({ report }) =>
    report.functions.apps.map(
      (app): AppSubject => ({
        id: app.app === null ? app.server : `${app.server}/${app.app}`,
        name: app.app ?? app.server,
        host: app.server,
        kind: 'inngest',
        state: app.state,
        note: report.functions.note,
        age: null,
        streak: { toward: null, n: 0, of: 0 },
        app,
      }),
    ),
  columns: columnsOf,
  empty: ({ report }) => report.functions.note,
  detail: (known, subject, { width }) => {
    const { app } = subject as AppSubject;
    const server = known.network.inventory.inngest.find(({ name }) => name === app.server);
    return detailOf(app, server?.worker ?? null, width);
  },
};

function columnsOf(subjects: readonly Subject[]): readonly Column[] {
  const apps = subjects as readonly AppSubject[];
  const width = (texts: readonly string[], max: number): number => widthFor(texts, { min: 8, max });
  const names = width(
    apps.map(({ name }) => name),
    24,
  );
  const servers = width(
    apps.map(({ host }) => host),
    16,
  );
  const urls = width(
    apps.map(({ app }) => app.url),
    32,
  );
  return [
    glyphColumn,
    textColumn({ title: 'APP', width: names, from: 0 }, ({ name }) => name),
    textColumn({ title: 'SERVER', width: servers, from: 64 }, ({ host }) => host),
    textColumn({ title: 'URL', width: urls, from: 100 }, ({ app }: AppSubject) => app.url),
    stateColumn,
    textColumn({ title: 'EXPECTED', width: 8, from: 72, align: 'right' }, ({ app }: AppSubject) =>
      app.expect === null ? 'any' : String(app.expect.length),
    ),
    noteColumn,
  ];
}

function detailOf(
  { app, server, url, expect }: AppReport,
  worker: string | null,
  width: number,
): Detail {
  return {
    title: [seg(app ?? server, 'strong'), seg(` · served by ${server}`)],
    aside: [],
    lines: [
      lineOf(' server  ', seg(url, 'dim')),
      lineOf(' worker  ', seg(worker ?? 'none declared', 'dim')),
      ...(expect === null
        ? [lineOf(' expect  ', seg('the set that was last seen: none is declared', 'dim'))]
        : [
            lineOf(` expect  ${expect.length} functions`),
            ...wrapped(expect, { width, indent: 9 }),
          ]),
    ],
  };
}
