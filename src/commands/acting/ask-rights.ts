import type { Rights } from '../../actions/needs-root.ts';
import { FaultError } from '../../model/errors.ts';
import type { Host, Service } from '../../model/inventory.ts';
import type { OpenNetwork } from '../open-network.ts';

const timeoutMs = 5000;

/** systemd asks polkit who else than root may act, where there is one (polkit(8)). */
const hasPolkit =
  'command -v pkcheck || ls /usr/lib/polkit-1/polkitd /usr/libexec/polkitd /usr/lib/policykit-1/polkitd';

/**
 * As whom a service's unit would be acted on; null where root is not asked for by its manager, and where
 * its host does not tell. One that cannot be asked is tried.
 */
export async function askRights(
  { manager, host: name }: Service,
  { network, transports }: OpenNetwork,
  signal: AbortSignal,
): Promise<Rights | null> {
  const isSystems = manager.kind === 'launchd' || (manager.kind === 'systemd' && !manager.user);
  if (!isSystems) return null;
  const on = network.inventory.hosts.find((one) => one.name === name) as Host;
  const options = { timeoutMs, signal };
  try {
    const { uid } = await transports.machine(on, options);
    if (uid === 0 || manager.kind === 'launchd') return { uid, polkit: false };
    const argv = ['sh', '-c', `{ ${hasPolkit}; } 2>/dev/null | grep -q .`] as const;
    const { exitCode } = await transports.exec({ on, argv }, options);
    return { uid, polkit: exitCode !== 1 };
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}
