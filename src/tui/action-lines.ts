import type { ActionView } from './action-view.ts';
import { hanging } from './hanging.ts';

/** What is told of an action at a width, nothing of it cut. */
export function toldOf({ lines }: Pick<ActionView, 'lines'>, width: number): readonly string[] {
  return lines.flatMap((line) => hanging(line, Math.max(10, width - 2)));
}

/** The rows that a question has for its lines: where a name is to be typed, one less. */
export function roomOf({ may, wantsName }: ActionView, bodyRows: number): number {
  return Math.max(1, bodyRows - (may !== null && wantsName ? 1 : 0));
}
