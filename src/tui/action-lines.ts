import type { ActionView } from './action-view.ts';
import { hanging } from './hanging.ts';
import { smallTableLines } from './small-table.tsx';
import { type StepBlock, stepRows } from './step-rows.ts';

/** Narrower than this, steps are told in words. */
const leastWidth = 70;

type Told = Pick<ActionView, 'lines' | 'steps'>;

/** What is told of an action at a width, nothing of it cut: its steps as a table where one has room. */
export function toldOf({ lines, steps = [] }: Told, width: number): readonly string[] {
  const told: string[] = [];
  let next = 0;
  const words = (to: number): void => {
    const some = lines.slice(next, to);
    told.push(...some.flatMap((line) => hanging(line, Math.max(10, width - 2))));
    next = to;
  };
  for (const block of steps) {
    const table = width < leastWidth ? null : tableOf(block, width - 5);
    if (!table) continue;
    words(block.at);
    told.push(...table);
    next = block.at + block.count;
  }
  words(lines.length);
  return told;
}

interface Table {
  readonly width: number;
  readonly lines: readonly string[] | null;
}

const made = new WeakMap<StepBlock, Table>();

/** Drawing a table is dear, and a frame asks for it several times. */
function tableOf(block: StepBlock, width: number): readonly string[] | null {
  const known = made.get(block);
  if (known?.width === width) return known.lines;
  const drawn = smallTableLines(stepRows(block.steps), width);
  const lines = drawn?.map((line) => `  ${line}`) ?? null;
  made.set(block, { width, lines });
  return lines;
}

/** The rows that a question has for its lines: where a name is to be typed, one less. */
export function roomOf({ may, wantsName }: ActionView, bodyRows: number): number {
  return Math.max(1, bodyRows - (may !== null && wantsName ? 1 : 0));
}
