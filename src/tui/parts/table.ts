import { oldAfterIntervals } from '../freshness.ts';
import {
  fitSegments,
  type Line,
  lineOf,
  padded,
  type Segment,
  seg,
  widthOfSegments,
} from '../line.ts';
import type { Listed } from '../listed.ts';
import { directionMark } from '../sort.ts';
import type { TimeFrame } from '../times.ts';
import type { TabState } from '../ui-state.ts';
import type { Column, Subject } from '../views/contract.ts';

/** How a table is drawn. */
export interface TableFrame {
  readonly width: number;
  readonly times: TimeFrame;
}

const gap = '  ';
/** A note of fewer cells says nothing. */
const leastRest = 8;

/** The heading and as many rows as there is room for. */
export function tableLines(listed: Listed, tab: TabState, frame: TableFrame): readonly Line[] {
  const { subjects, layout, cursor } = listed;
  const columns = fitting(listed.columns, frame.width);
  const marked = new Set(tab.marks);
  const direction = directionMark(tab, listed.columns, listed.all);
  const visible = subjects.slice(tab.scroll, tab.scroll + layout.tableRows);
  const rows = visible.map((subject, index) =>
    rowLine(subject, {
      columns,
      frame,
      selected: tab.scroll + index === cursor,
      marked: marked.has(subject.id),
    }),
  );
  return [headingLine(columns, { ...tab, direction }), ...rows];
}

/** The column that rows are ordered by bears the direction: behind its title, or in the gap. */
function headingLine(
  columns: readonly Column[],
  { sort, direction }: { readonly sort: TabState['sort']; readonly direction: string },
): Line {
  const pieces = columns.map(({ title, width, align = 'left' }) => {
    if (direction === '' || title !== sort)
      return [padded(title, width, { tone: 'dim', align }), seg(gap)];
    const isFull = align === 'right' || title.length >= width;
    const shown = padded(isFull ? title : title + direction, width, { tone: 'accent', align });
    return [shown, seg(isFull ? direction + gap.slice(1) : gap, 'accent')];
  });
  return lineOf(' ', ...pieces.flat().slice(0, -1));
}

/** The columns that this width has room for; the last one takes what they leave. */
function fitting(columns: readonly Column[], width: number): readonly Column[] {
  const shown = columns
    .slice(0, -1)
    .filter(({ from }) => width >= from)
    .map((column) => ({ ...column, ...column.wider?.findLast(({ from }) => width >= from) }));
  const rest = columns.at(-1);
  const taken = shown.reduce((sum, column) => sum + column.width + gap.length, 1);
  const left = width - taken - 1;
  if (rest && left >= leastRest) return [...shown, { ...rest, width: left }];
  return narrowed(shown, taken - gap.length - width);
}

/** A name gives up what the state behind it lacks. */
function narrowed(columns: readonly Column[], lacking: number): readonly Column[] {
  const [first, name, ...others] = columns;
  if (lacking <= 0 || !first || !name) return columns;
  return [first, { ...name, width: Math.max(leastRest, name.width - lacking) }, ...others];
}

interface RowFrame {
  readonly columns: readonly Column[];
  readonly frame: TableFrame;
  readonly selected: boolean;
  readonly marked: boolean;
}

function rowLine(subject: Subject, { columns, frame, selected, marked }: RowFrame): Line {
  const segments = [
    marked ? seg('▌', 'accent') : seg(' '),
    ...columns.flatMap((column, index) => [
      ...(index === 0 ? [] : [seg(gap)]),
      ...cellOf(column, subject, frame.times),
    ]),
  ];
  const old = subject.age !== null && subject.age.intervals > oldAfterIntervals;
  const look = selected ? 'selected' : old ? 'faded' : undefined;
  return look === undefined ? { segments } : { segments, look };
}

/** Exactly as wide as its column. */
function cellOf(column: Column, subject: Subject, times: TimeFrame): readonly Segment[] {
  const segments = fitSegments(column.cell(subject, times), column.width);
  const fill = seg(' '.repeat(Math.max(0, column.width - widthOfSegments(segments))));
  return column.align === 'right' ? [fill, ...segments] : [...segments, fill];
}
