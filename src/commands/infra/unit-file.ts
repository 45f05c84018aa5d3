import { unloading } from '../../kinds/launchd/launchctl-steps.ts';
import { daemonReload, disableNow } from '../../kinds/systemd/read-anew.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { Step } from '../../model/plan.ts';
import type { ActGround } from '../acting/prepared.ts';
import { finishing } from './apply-ground.ts';
import { runOn } from './run-on.ts';

/** Ends what the file of a unit runs, before that file goes; the words of what failed, or null. */
export async function endUnit(planned: PlannedItem, act: ActGround): Promise<string | null> {
  const { host, kind } = planned.item;
  const path = planned.write?.path ?? '';
  if (kind === 'systemd') return runOn(host ?? '', [disableNow(nameOf(path), isOfUser(path))], act);
  if (kind !== 'launchd') return null;
  const domain = path.startsWith('/Library/LaunchDaemons/') ? 'system' : await guiOf(planned, act);
  return runOn(host ?? '', unloading(`${domain}/${nameOf(path).replace(/\.plist$/, '')}`), act);
}

/** Has systemd forget units whose files are gone. */
export async function forgetUnit(planned: PlannedItem, act: ActGround): Promise<string | null> {
  const { host, kind } = planned.item;
  if (kind !== 'systemd') return null;
  const steps: readonly Step[] = [daemonReload(isOfUser(planned.write?.path ?? ''))];
  return runOn(host ?? '', steps, act);
}

async function guiOf({ item }: PlannedItem, { open }: ActGround): Promise<string> {
  const host = open.network.inventory.hosts.find(({ name }) => name === item.host);
  if (!host) return 'gui/0';
  return `gui/${(await open.transports.machine(host, finishing)).uid}`;
}

function isOfUser(path: string): boolean {
  return path.includes('/systemd/user/');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
