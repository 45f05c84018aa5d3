import type { ActionView } from './action-view.ts';
import { isTooSmall, type Size } from './layout.ts';
import { deafMs } from './with-action.ts';

interface Sized {
  readonly size: Size;
  readonly action: ActionView | null;
  readonly deafUntilMs: number;
}

/** A mind of another size: a question that comes into sight by it is as new as one that has just come up. */
export function resized(
  { size: before, action, deafUntilMs }: Sized,
  size: Size,
  nowMs: number,
): Pick<Sized, 'size' | 'deafUntilMs'> {
  const appears = isTooSmall(before) && !isTooSmall(size) && action?.phase === 'asking';
  return { size, deafUntilMs: appears ? nowMs + deafMs : deafUntilMs };
}
