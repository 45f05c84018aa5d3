import type { CheckReport } from '../../model/report.ts';
import type { Filterable } from '../filter.ts';
import type { Age } from '../freshness.ts';
import type { Known } from '../known.ts';
import type { Line, Segment } from '../line.ts';
import type { TimeFrame } from '../times.ts';
import type { Tab } from '../ui-state.ts';

/** A thing that a table lists; each view adds what its own columns read. */
export interface Subject extends Filterable {
  readonly age: Age | null;
  /** What has been looked at of it; absent where that is another's check. */
  readonly checks?: readonly CheckReport[];
}

/** One column. The last one takes the room that is left. */
export interface Column {
  readonly title: string;
  /** Cells without the gap behind it. */
  readonly width: number;
  /** It is shown from this many columns of the terminal on. */
  readonly from: number;
  readonly align?: 'left' | 'right';
  /** What is otherwise of it from so many columns of the terminal on: the last one that holds counts. */
  readonly wider?: readonly Pick<Column, 'from' | 'width' | 'title' | 'cell'>[];
  /**
   * What rows are ordered by: words from a to z, numbers from the highest; null comes last. In the
   * steps that are shown, so that what jitters within one moves no row.
   */
  order?(subject: Subject): string | number | null;
  cell(subject: Subject, times: TimeFrame): readonly Segment[];
}

/** The details of one thing. */
export interface Detail {
  readonly title: readonly Segment[];
  readonly aside: readonly Segment[];
  readonly lines: readonly Line[];
  /** What stands above the facts too, where they are described. */
  readonly head?: readonly Line[];
}

/** What details are made for. */
export interface DetailFrame {
  readonly width: number;
  readonly times: TimeFrame;
}

/** One tab: what it lists, in which columns, and what there is to say about one of them. */
export interface View {
  readonly tab: Tab;
  readonly title: string;
  /** Everything, in the order it is shown. */
  list(known: Known): readonly Subject[];
  columns(subjects: readonly Subject[]): readonly Column[];
  /** What stands in an empty table. */
  empty(known: Known): string;
  detail(known: Known, subject: Subject, frame: DetailFrame): Detail;
}
