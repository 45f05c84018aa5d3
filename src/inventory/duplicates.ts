import type { Located } from './document.ts';
import type { InventoryFault } from './fault.ts';
import { checkNameOf, type Outline, serviceIdOf } from './outline.ts';

interface Named {
  readonly id: string;
  readonly path: readonly PropertyKey[];
}

/** Two things of one name, each told at the second. */
export function duplicateFaults(located: Located, outline: Outline): readonly InventoryFault[] {
  const { hosts, clusters, services, inngest, files } = outline;
  const named = (list: string, ids: readonly string[]): readonly Named[] =>
    ids.map((id, index) => ({ id, path: [list, index, 'name'] }));
  const groups: readonly (readonly Named[])[] = [
    named(
      'hosts',
      hosts.map(({ name }) => name),
    ),
    named(
      'clusters',
      clusters.map(({ name }) => name),
    ),
    named('services', services.map(serviceIdOf)),
    named(
      'inngest',
      inngest.map(({ name }) => name),
    ),
    files.map(({ source, host, cluster, destination }, index) => ({
      id: source === '' ? '' : [source, host || cluster, destination].filter(Boolean).join(' on '),
      path: ['files', index, 'source'],
    })),
    // A manager is a check too, by the name of its kind.
    ...services.map(({ manager, checks }, service) => [
      { id: manager.kind, path: ['services', service, 'manager'] },
      ...checks.map((check, index) => ({
        id: checkNameOf(check),
        path: ['services', service, 'checks', index],
      })),
    ]),
  ];
  return groups.flatMap((group) => repeated(located, group));
}

function repeated(located: Located, group: readonly Named[]): readonly InventoryFault[] {
  const seen = new Set<string>(['']);
  const again = group.filter(({ id }) => {
    const known = id !== '' && seen.has(id);
    seen.add(id);
    return known;
  });
  return again.map(({ id, path }) => {
    const hint = path.includes('checks') ? 'a name: of its own for one of them' : 'another name';
    return located.faultAt(path, { message: `"${id}" is there twice`, hint });
  });
}
