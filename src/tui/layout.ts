/** A terminal's size in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Below this nothing can be read. */
export const smallest: Size = { columns: 40, rows: 10 };

/** Whether a terminal shows nothing but that it is too small. */
export function isTooSmall({ columns, rows }: Size): boolean {
  return columns < smallest.columns || rows < smallest.rows;
}

/** Header, tabs, title, footer. */
const fixedRows = 4;

/** How the rows of the screen are shared. A pane with 0 rows is not there. */
export interface Layout {
  readonly tooSmall: boolean;
  /** Between the title and the footer. */
  readonly bodyRows: number;
  readonly tableRows: number;
  /** Without its own title. */
  readonly detailRows: number;
  /** What changed lately in the whole network; without its own title. */
  readonly changesRows: number;
}

/**
 * The table takes as many rows as there are things to list, so that nothing lies between it and the
 * details below; those keep a third, ten rows at most, when there are many. Counted before filtering: nothing
 * moves while a filter is typed.
 */
export function layoutOf(size: Size, listed: number): Layout {
  const { rows } = size;
  const tooSmall = isTooSmall(size);
  const bodyRows = Math.max(0, rows - fixedRows);
  const underHeading = Math.max(0, bodyRows - 1);
  if (underHeading < 11) {
    return { tooSmall, bodyRows, tableRows: underHeading, detailRows: 0, changesRows: 0 };
  }
  const wantedDetail = Math.min(10, Math.max(6, Math.floor(underHeading * 0.35)));
  const tableRows = Math.min(Math.max(1, listed), underHeading - 1 - wantedDetail);
  const left = underHeading - 1 - tableRows;
  const changesRows = left < 16 ? 0 : Math.min(12, Math.floor(left * 0.4));
  const detailRows = changesRows === 0 ? left : left - changesRows - 1;
  return { tooSmall, bodyRows, tableRows, detailRows, changesRows };
}
