import type { DriftItem } from '../../model/report.ts';
import { lineOf, seg } from '../line.ts';
import { glyphColumn, noteColumn, textColumn, widthFor } from './columns.ts';
import type { Column, Subject, View } from './contract.ts';

interface DriftSubject extends Subject {
  readonly item: DriftItem;
}

/** Every managed file with its verdict: until they are compared, `unknown` and why. */
export const driftView: View = {
  tab: 'drift',
  title: 'Drift',
  list: ({ report }) =>
    report.drift.items.map(
      (item): DriftSubject => ({
        id: item.id,
        name: item.source,
        host: item.host ?? '',
        kind: item.kind,
        state: item.verdict,
        note: item.note,
        age: null,
        item,
      }),
    ),
  columns: columnsOf,
  empty: ({ report }) => report.drift.note,
  detail: (_known, subject) => {
    const { id, source, destination, host, service, verdict, note } = (subject as DriftSubject)
      .item;
    return {
      title: [seg(id, 'strong'), seg(service === null ? '' : ` · of ${service}`)],
      aside: [],
      lines: [
        lineOf(' repo     ', seg(source, 'dim')),
        lineOf(' live     ', seg(`${host ?? 'cluster'} ${destination ?? ''}`, 'dim')),
        lineOf(' verdict  ', seg(verdict, 'unsure'), seg(` · ${note}`)),
      ],
    };
  },
};

function columnsOf(subjects: readonly Subject[]): readonly Column[] {
  const items = subjects as readonly DriftSubject[];
  const names = widthFor(
    items.map(({ name }) => name),
    { min: 8, max: 36 },
  );
  const hosts = widthFor(
    items.map(({ host }) => host),
    { min: 6, max: 16 },
  );
  return [
    glyphColumn,
    textColumn({ title: 'FILE', width: names, from: 0 }, ({ name }) => name),
    textColumn({ title: 'KIND', width: 9, from: 100 }, ({ kind }) => kind),
    textColumn({ title: 'HOST', width: hosts, from: 80 }, ({ host }) => host || '–'),
    textColumn({ title: 'VERDICT', width: 8, from: 0 }, ({ state }) => state),
    noteColumn,
  ];
}
