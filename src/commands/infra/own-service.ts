import { readFile } from 'node:fs/promises';
import type { Inventory } from '../../model/inventory.ts';
import type { Context } from '../context.ts';

/** The service whose unit runs this process: it is started anew last. Null where none is known to. */
export async function ownService(
  { services, hosts }: Inventory,
  { env }: Pick<Context, 'env'>,
): Promise<string | null> {
  const label = env['XPC_SERVICE_NAME'] ?? '';
  const groups = await readFile('/proc/self/cgroup', 'utf8').catch(() => '');
  const own = services.find(({ manager, host }) => {
    if (hosts.find(({ name }) => name === host)?.access !== 'local') return false;
    if (manager.kind === 'launchd') return manager.label === label;
    return manager.kind === 'systemd' && groups.includes(`/${manager.unit}`);
  });
  return own?.id ?? null;
}
