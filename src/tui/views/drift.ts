import { fileVerdicts, stateOfItem } from '../../model/file-verdict.ts';
import type { DriftItem } from '../../model/report.ts';
import { changeText } from '../../outputs/change-text.ts';
import { ageOf } from '../freshness.ts';
import type { Known } from '../known.ts';
import { smallest } from '../layout.ts';
import { seg } from '../line.ts';
import { calmToneOf } from '../state-marks.ts';
import { glyphColumn, noteColumn, textColumn, widthFor } from './columns.ts';
import type { Column, Subject, View } from './contract.ts';
import { driftDetail } from './drift-detail.ts';

interface DriftSubject extends Subject {
  readonly item: DriftItem;
}

/** Every managed file with its verdict, the gravest first, those in sync too. */
export const driftView: View = {
  tab: 'drift',
  title: 'Drift',
  list: (known) =>
    known.report.drift.items
      .map((item) => subjectOf(item, known))
      .toSorted((a, b) => rankOf(a.item) - rankOf(b.item)),
  columns: columnsOf,
  empty: ({ report }) => report.drift.note,
  detail: (_known, subject) => driftDetail((subject as DriftSubject).item),
};

/** What runs with the old comes before what is well. */
function rankOf({ verdict, reloadNeeded }: DriftItem): number {
  const rank = fileVerdicts.indexOf(verdict);
  return reloadNeeded ? Math.min(rank, fileVerdicts.indexOf('unknown') - 0.5) : rank;
}

function subjectOf(item: DriftItem, known: Known): DriftSubject {
  const { id, source, host, kind, verdict, reloadNeeded, note, check } = item;
  return {
    id,
    name: source,
    host: host ?? '',
    kind,
    state: stateOfItem({ verdict, reloadNeeded }),
    word: verdict,
    note,
    age: check === null ? null : ageOf([{ id: check }], known),
    item,
  };
}

const verdictColumn: Column = {
  title: 'VERDICT',
  width: 9,
  from: 0,
  order: (subject) => rankOf((subject as DriftSubject).item),
  cell: ({ state, word = '' }) => [seg(word, calmToneOf(state))],
};

/** On a small screen the verdict's word keeps its room, beside glyph and gaps. */
const besideVerdict = 1 + 1 + 2 + 2 + verdictColumn.width + 1;

function fileColumn(width: number): Column {
  const column = textColumn({ title: 'FILE', width, from: 0 }, ({ name }) => name);
  const small = Math.min(width, smallest.columns - besideVerdict);
  const { title, cell } = column;
  return { ...column, width: small, wider: [{ title, cell, width, from: besideVerdict + width }] };
}

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
  const services = widthFor(
    items.map(({ item }) => item.service ?? ''),
    { min: 8, max: 22 },
  );
  return [
    glyphColumn,
    fileColumn(names),
    textColumn({ title: 'KIND', width: 9, from: 100 }, ({ kind }) => kind),
    textColumn({ title: 'HOST', width: hosts, from: 80 }, ({ host }) => host || '–'),
    verdictColumn,
    textColumn<DriftSubject>({ title: 'CHANGE', width: 8, from: 60 }, ({ item }) =>
      changeText(item.change),
    ),
    textColumn<DriftSubject>(
      { title: 'SERVICE', width: services, from: 140 },
      ({ item }) => item.service ?? '–',
    ),
    noteColumn,
  ];
}
