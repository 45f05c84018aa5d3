import { expect, test } from 'vitest';
import { widthOf } from '../../src/tui/cells.ts';
import { stateColumn } from '../../src/tui/views/columns.ts';
import type { Subject } from '../../src/tui/views/contract.ts';

const subject = {
  state: 'suppressed',
  streak: { toward: 'suppressed', n: 1, of: 3 },
} as unknown as Subject;
const times = { nowMs: 0, mode: 'utc', timeZone: 'UTC' } as const;

test.each([stateColumn, ...(stateColumn.wider ?? [])])(
  'a state is a whole word in $width cells, with its streak where that has room',
  (column) => {
    const [{ text } = { text: '' }] = column.cell(subject, times);
    expect(widthOf(text)).toBeLessThanOrEqual(column.width);
    expect(text).toBe(column.width < 14 ? 'suppressed' : 'suppressed 1/3');
  },
);
