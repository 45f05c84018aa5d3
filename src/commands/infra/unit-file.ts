import { unloading } from '../../kinds/launchd/launchctl-steps.ts';
import { daemonReload, disableNow, forgetFailure } from '../../kinds/systemd/read-anew.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { ActGround } from '../acting/prepared.ts';
import { finishing } from './apply-ground.ts';
import { runOn } from './run-on.ts';

/** Ends what the file of a unit runs, before that file goes; the words of what failed, or null. */
export async function endUnit(planned: PlannedItem, act: ActGround): Promise<string | null> {
  const { host, kind } = planned.item;
  const { name, user } = unitOf(planned);
  if (kind === 'systemd') return runOn(host ?? '', [disableNow(name, user)], act);
  if (kind !== 'launchd') return null;
  return runOn(host ?? '', unloading(await targetOf(planned, act)), act);
}

/** Has systemd forget units whose files are gone. */
export async function forgetUnit(planned: PlannedItem, act: ActGround): Promise<string | null> {
  const { host, kind } = planned.item;
  if (kind !== 'systemd') return null;
  const { name, user } = unitOf(planned);
  return runOn(host ?? '', [daemonReload(user), forgetFailure(name, user)], act);
}

/** The unit that a file is of, and whether a user's manager has it. */
export function unitOf({ write }: PlannedItem): { readonly name: string; readonly user: boolean } {
  const path = write?.path ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { name, user: path.includes('/systemd/user/') };
}

/** What launchd calls the job of a file: `gui/501/com.joel.caddy`. */
export async function targetOf(planned: PlannedItem, act: ActGround): Promise<string> {
  const isDaemon = planned.write?.path.startsWith('/Library/LaunchDaemons/') === true;
  const domain = isDaemon ? 'system' : await guiOf(planned, act);
  return `${domain}/${unitOf(planned).name.replace(/\.plist$/, '')}`;
}

async function guiOf({ item }: PlannedItem, { open }: ActGround): Promise<string> {
  const host = open.network.inventory.hosts.find(({ name }) => name === item.host);
  if (!host) return 'gui/0';
  return `gui/${(await open.transports.machine(host, finishing)).uid}`;
}
