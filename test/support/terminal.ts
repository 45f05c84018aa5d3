import xterm from '@xterm/headless';

/** One cell as it is seen: its character (empty behind a wide one) and its style. */
interface Cell {
  readonly text: string;
  readonly width: number;
  readonly style: Style;
}

interface Style {
  readonly fg: number | null;
  readonly bg: number | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
}

/** What a terminal's own colours are made for. */
type Ground = 'dark' | 'light';

/** A terminal without a window: bytes go in, the grid comes out. */
export interface HeadlessTerminal {
  write(bytes: string): Promise<void>;
  /** One string a row, ends trimmed. */
  text(): readonly string[];
  /** On a dark ground unless told. */
  svg(ground?: Ground): string;
  resize(columns: number, rows: number): void;
  readonly raw: InstanceType<typeof xterm.Terminal>;
}

export function createTerminal(columns: number, rows: number): HeadlessTerminal {
  const raw = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  return {
    raw,
    write: (bytes) => new Promise((resolve) => raw.write(bytes, resolve)),
    text: () => gridOf(raw).map((row) => rowText(row).trimEnd()),
    svg: (ground = 'dark') => svgOf(gridOf(raw), { columns: raw.cols, ground }),
    resize: (cols, newRows) => raw.resize(cols, newRows),
  };
}

/** Painted lines as a terminal of this size shows them. */
export async function showLines(
  lines: readonly string[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
): Promise<HeadlessTerminal> {
  const terminal = createTerminal(columns, rows);
  await terminal.write(lines.join('\r\n'));
  return terminal;
}

function gridOf(terminal: InstanceType<typeof xterm.Terminal>): readonly (readonly Cell[])[] {
  const buffer = terminal.buffer.active;
  return Array.from({ length: terminal.rows }, (_, y) => {
    const line = buffer.getLine(buffer.viewportY + y);
    return Array.from({ length: terminal.cols }, (_unused, x): Cell => {
      const cell = line?.getCell(x);
      if (!cell) return { text: ' ', width: 1, style: noStyle };
      const style = {
        fg: cell.isFgPalette() ? cell.getFgColor() : null,
        bg: cell.isBgPalette() ? cell.getBgColor() : null,
        bold: cell.isBold() !== 0,
        dim: cell.isDim() !== 0,
        inverse: cell.isInverse() !== 0,
      };
      const width = cell.getWidth();
      return { text: width === 0 ? '' : cell.getChars() || ' ', width, style };
    });
  });
}

const noStyle: Style = { fg: null, bg: null, bold: false, dim: false, inverse: false };

function rowText(row: readonly Cell[]): string {
  return row.map(({ text }) => text).join('');
}

const cellWidth = 8.4;
const cellHeight = 18;
const margin = 10;
const grounds = {
  dark: { background: '#16181d', foreground: '#d4d7dd' },
  light: { background: '#fbfaf7', foreground: '#24272d' },
} as const;
const palette = [
  '#2b2f37',
  '#f2777a',
  '#8ac78a',
  '#e6c07b',
  '#6fa8dc',
  '#c792ea',
  '#62c4d0',
  '#d4d7dd',
  '#5c6370',
  '#ff8f8f',
  '#a5e0a5',
  '#f5d896',
  '#8fc1f0',
  '#dcb0ff',
  '#86dfe9',
  '#ffffff',
];

/** The grid as a picture: each run of equal style is one text that is stretched to its cells. */
function svgOf(
  grid: readonly (readonly Cell[])[],
  { columns, ground }: { readonly columns: number; readonly ground: Ground },
): string {
  const width = round(columns * cellWidth + 2 * margin);
  const height = grid.length * cellHeight + 2 * margin;
  const rows = grid.flatMap((row, y) => runsOf(row).map((run) => runSvg(run, y, ground)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" rx="6" fill="${grounds[ground].background}"/>`,
    '<g font-family="DejaVu Sans Mono, Menlo, monospace" font-size="14" xml:space="preserve">',
    ...rows.filter((row) => row !== ''),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

interface Run {
  readonly x: number;
  readonly text: string;
  readonly cells: number;
  readonly style: Style;
}

function runsOf(row: readonly Cell[]): readonly Run[] {
  const runs: Run[] = [];
  for (const [x, { text, style }] of row.entries()) {
    const last = runs.at(-1);
    if (last && sameStyle(last.style, style)) {
      runs[runs.length - 1] = { ...last, text: last.text + text, cells: last.cells + 1 };
    } else runs.push({ x, text, cells: 1, style });
  }
  return runs;
}

function sameStyle(a: Style, b: Style): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function runSvg({ x, text, cells, style }: Run, y: number, ground: Ground): string {
  const { background, foreground } = grounds[ground];
  const left = round(margin + x * cellWidth);
  const width = round(cells * cellWidth);
  const colour = style.fg === null ? foreground : colourOf(style.fg);
  const behind = style.bg === null ? background : colourOf(style.bg);
  const [ink, paper] = style.inverse ? [behind, colour] : [colour, behind];
  const top = margin + y * cellHeight;
  const box =
    paper === background
      ? ''
      : `<rect x="${left}" y="${top}" width="${width}" height="${cellHeight}" fill="${paper}"/>`;
  if (text.trim() === '') return box;
  const looks = `${style.bold ? ' font-weight="bold"' : ''}${style.dim ? ' opacity="0.6"' : ''}`;
  const words = `<text x="${left}" y="${top + 13.5}" textLength="${width}" lengthAdjust="spacingAndGlyphs" fill="${ink}"${looks}>${escaped(text)}</text>`;
  return box + words;
}

/** The 16 above, xterm's cube of 6×6×6, and its 24 greys. */
function colourOf(index: number): string {
  const own = palette[index];
  if (own !== undefined) return own;
  if (index >= 232)
    return hex([8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10]);
  const steps = [0, 95, 135, 175, 215, 255];
  const cube = index - 16;
  return hex(
    [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((at) => steps[at] ?? 0),
  );
}

function hex(parts: readonly number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(' ', '\u00a0');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
