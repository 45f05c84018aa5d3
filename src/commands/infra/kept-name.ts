import { createHash } from 'node:crypto';

/** What an apply keeps of an item is called so: no two items have one name, whatever stands in their ids. */
export function keptName(item: string): string {
  const digest = createHash('sha256').update(item).digest('hex').slice(0, 8);
  return `${item.replaceAll(/[^A-Za-z0-9._@-]/g, '_').slice(-100)}-${digest}`;
}
