import type { Parent } from '../../model/check.ts';
import type { CheckSpec, Host, Inventory } from '../../model/inventory.ts';

interface FunctionsCheck {
  readonly id: string;
  readonly declared: CheckSpec;
  readonly parents: readonly Parent[];
}

/**
 * One check for each Inngest server, on the first host that is this machine. Its id is
 * `panda/functions:inngest`: no name holds a colon, so no check of a service can bear it.
 */
export function functionsChecks(inventory: Inventory, host: Host): readonly FunctionsCheck[] {
  const { hosts } = inventory;
  const watcher = hosts.find(({ access }) => access === 'local') ?? hosts[0];
  if (watcher !== host) return [];
  return inventory.inngest.map(({ name, url, worker, app, expect }) => ({
    id: `${host.name}/functions:${name}`,
    declared: {
      kind: 'inngest',
      name,
      timing: {},
      dependsOn: [],
      spec: { name, url, worker, app, expect },
    },
    parents: [url, ...(worker === null ? [] : [worker])].flatMap((one) => askedAt(inventory, one)),
  }));
}

/** The services' http checks of the same address: their trouble explains ours. */
function askedAt({ services }: Inventory, url: string): readonly Parent[] {
  const { origin } = new URL(url);
  return services
    .filter(({ enabled }) => enabled)
    .flatMap(({ id, checks }) =>
      checks
        .filter(({ kind, spec }) => kind === 'http' && originOf(spec['url']) === origin)
        .map(({ name }) => ({ check: `${id}/${name}`, through: false })),
    );
}

function originOf(url: unknown): string | null {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : null;
}
