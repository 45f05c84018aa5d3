import { nearest } from '../model/nearest.ts';
import type { Located } from './document.ts';
import type { InventoryFault } from './fault.ts';
import { checkNameOf, type Outline, serviceIdOf } from './outline.ts';

interface Reference {
  readonly to: string;
  readonly path: readonly PropertyKey[];
}

/** Names of hosts, clusters, services and checks that nothing bears. */
export function referenceFaults(located: Located, outline: Outline): readonly InventoryFault[] {
  const { hosts, clusters, services, files } = outline;
  const hostRefs = [clusters, services, files].flatMap((list, n) =>
    list.map(({ host }, index) => ({
      to: host,
      path: [['clusters', 'services', 'files'][n] ?? '', index, 'host'],
    })),
  );
  const clusterRefs = [
    ...services.map(({ manager }, i) => ({
      to: manager.cluster,
      path: ['services', i, 'manager', 'cluster'],
    })),
    ...services.flatMap(({ checks }, i) =>
      checks.map(({ cluster }, c) => ({
        to: cluster,
        path: ['services', i, 'checks', c, 'cluster'],
      })),
    ),
    ...files.map(({ cluster }, i) => ({ to: cluster, path: ['files', i, 'cluster'] })),
  ];
  const serviceRefs = files.map(({ service }, i) => ({
    to: service,
    path: ['files', i, 'service'],
  }));
  const check = (what: string, known: readonly string[], references: readonly Reference[]) =>
    unknown(located, references, { what, known });
  return [
    ...check(
      'host',
      hosts.map(({ name }) => name),
      hostRefs,
    ),
    ...check(
      'cluster',
      clusters.map(({ name }) => name),
      clusterRefs,
    ),
    ...check('service', services.map(serviceIdOf), serviceRefs),
    ...check('host, service or check', dependencyTargets(outline), dependencyRefs(outline)),
  ];
}

function unknown(
  located: Located,
  references: readonly Reference[],
  { what, known }: { readonly what: string; readonly known: readonly string[] },
): readonly InventoryFault[] {
  const named = known.filter(Boolean);
  return references
    .filter(({ to }) => to !== '' && !to.includes('${') && !named.includes(to))
    .map(({ to, path }) => {
      const hint = nearest(to, named) ?? (named.slice(0, 8).join(', ') || `declare a ${what}`);
      return located.faultAt(path, { message: `no ${what} is called "${to}"`, hint });
    });
}

function dependencyRefs({ clusters, services }: Outline): readonly Reference[] {
  const ofClusters = clusters.flatMap(({ dependsOn }, i) =>
    dependsOn.map((to, n) => ({ to, path: ['clusters', i, 'dependsOn', n] })),
  );
  const ofServices = services.flatMap(({ dependsOn, checks }, i) => [
    ...dependsOn.map((to, n) => ({ to, path: ['services', i, 'dependsOn', n] })),
    ...checks.flatMap((check, c) =>
      check.dependsOn.map((to, n) => ({ to, path: ['services', i, 'checks', c, 'dependsOn', n] })),
    ),
  ]);
  return [...ofClusters, ...ofServices];
}

function dependencyTargets({ hosts, services }: Outline): readonly string[] {
  return [
    ...hosts.flatMap(({ name }) => [name, `${name}/host`]),
    ...services.map(serviceIdOf),
    ...services.flatMap((service) =>
      service.checks.map((check) => `${serviceIdOf(service)}/${checkNameOf(check)}`),
    ),
  ];
}
