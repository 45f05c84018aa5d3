import type { PlannedItem } from '../../model/infra.ts';
import type { ApplyStore } from './apply-store.ts';
import { keptName } from './kept-name.ts';

/** Beside the folders of applies, whose names begin with their dates. */
const folder = 'found';

/**
 * Keeps what was found to stand there and no apply has written: what both sides make of it is told
 * beside it later. Its name below the folder of applies; null of an environment, whose values are compared by
 * nobody, and of what was not read.
 */
export async function keepFound(
  { item, live }: PlannedItem,
  store: ApplyStore,
): Promise<string | null> {
  if (item.kind === 'env' || live === undefined) return null;
  const name = `${keptName(item.id)}.after`;
  await store.begin(folder);
  await store.keep(folder, name, live.text);
  return `${folder}/${name}`;
}
