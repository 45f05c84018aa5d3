import { migrationOf } from '../../audit/adopt/migration.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { migrationLines } from '../../outputs/adoption-page.ts';
import { adoptionOf } from './adoption-file.ts';
import type { OpenInfra } from './open-infra.ts';

/** What an apply of these ends before it starts a unit in its place: shown before anybody agrees to it. */
export async function showTakeovers(
  items: readonly PlannedItem[],
  { open, context }: OpenInfra,
): Promise<void> {
  const services = new Set(items.flatMap(({ item }) => item.service ?? []));
  for (const service of services) {
    const adoption = await adoptionOf(open, service);
    if (adoption === null) continue;
    const head = `${service} is taken over, all of it or nothing:`;
    await context.write(`${[head, ...migrationLines(migrationOf(adoption))].join('\n')}\n`);
  }
}
