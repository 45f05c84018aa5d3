import type { Parent } from '../../model/check.ts';
import type { CheckSpec, Host, Inventory } from '../../model/inventory.ts';
import { partKey } from '../../model/part-key.ts';

/** The name of the check, and its kind. */
const tailscale = 'tailscale';

/** The first local host asks its daemon about all others; null when the inventory has none. */
function watcherOf({ hosts, tailscale: enabled }: Inventory): Host | null {
  return (enabled && hosts.find(({ access }) => access === 'local')) || null;
}

/** The tailscale check of a host, made from the hosts: one for a network. */
export function tailnetChecks(inventory: Inventory, host: Host): readonly CheckSpec[] {
  if (watcherOf(inventory) !== host) return [];
  const peers = inventory.hosts.flatMap(({ name, tailscale: peer }) =>
    peer === null || name === host.name ? [] : [{ host: name, name: peer }],
  );
  return [{ kind: tailscale, name: tailscale, timing: {}, dependsOn: [], spec: { peers } }];
}

/** What explains that an ssh host does not answer: its peer, seen from here, is offline. */
export function peerParents(inventory: Inventory, host: Host): readonly Parent[] {
  const watcher = watcherOf(inventory);
  if (!watcher || host.access !== 'ssh' || host.tailscale === null) return [];
  return [{ check: partKey(`${watcher.name}/${tailscale}`, host.name), through: false }];
}
