import type { PlannedItem } from '../../model/infra.ts';
import type { Context } from '../context.ts';
import { unknownId } from '../pick.ts';

/** The items of `--only ID`; all without it. An id that none has is the user's mistake. */
export function onlyNamed(
  items: readonly PlannedItem[],
  { only }: Pick<Context['options'], 'only'>,
): readonly PlannedItem[] {
  return only === null ? items : [itemNamed(items, only)];
}

/** One item by its id. */
export function itemNamed(items: readonly PlannedItem[], id: string): PlannedItem {
  const found = items.find(({ item }) => item.id === id);
  if (found) return found;
  const known = items.map(({ item }) => item.id);
  throw unknownId(id, 0, { known, what: 'managed file' });
}
