import type { Amount, Figure } from './bench.ts';

const heads = ['what', 'ours', 'n', 'compared with', 'theirs', 'ratio', 'goal', ''] as const;

/** The figures as a table of plain text, notes below the line they belong to. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(cellsOf);
  const widths = heads.map((head, x) =>
    Math.max(head.length, ...rows.map((row) => row[x]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, x) =>
        isNumeric(x) ? cell.padStart(widths[x] ?? 0) : cell.padEnd(widths[x] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  const body = figures.flatMap(({ notes = [] }, y) => [
    line(rows[y] ?? []),
    ...notes.map((note) => `  · ${note}`),
  ]);
  return `${[line(heads), rule, ...body].join('\n')}\n`;
}

function cellsOf({ name, ours, n, versus, goal }: Figure): readonly string[] {
  const ratio = versus && ours.unit === versus.amount.unit && versus.amount.value > 0;
  return [
    name,
    shown(ours),
    n === 1 ? '' : String(n),
    versus?.name ?? '',
    versus ? shown(versus.amount) : '',
    ratio ? `${(ours.value / versus.amount.value).toFixed(2)} ×` : '',
    goal?.text ?? 'none',
    goal ? (goal.met ? 'met' : 'MISSED') : '',
  ];
}

function isNumeric(column: number): boolean {
  return column === 1 || column === 2 || column === 4 || column === 5;
}

function shown({ value, unit }: Amount): string {
  const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : value < 1 ? 2 : 1;
  return `${value.toFixed(digits)} ${unit}`.trim();
}
