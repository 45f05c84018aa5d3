import { execStep } from '../../kinds/deed.ts';
import { launchctl, loading } from '../../kinds/launchd/launchctl-steps.ts';
import { daemonReload, systemctlOf } from '../../kinds/systemd/read-anew.ts';
import { readShow } from '../../kinds/systemd/read-show.ts';
import type { UnitRan } from '../../model/apply-log.ts';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { Host } from '../../model/inventory.ts';
import type { Step } from '../../model/plan.ts';
import type { ActGround } from '../acting/prepared.ts';
import { finishing } from './apply-ground.ts';
import { runOn } from './run-on.ts';
import { targetOf, unitOf } from './unit-file.ts';

/** How its manager has the unit of a file; null for a file of no unit. Rejects with a FaultError. */
export async function ranOf(planned: PlannedItem, act: ActGround): Promise<UnitRan | null> {
  const { kind } = planned.item;
  if (kind === 'systemd') return ranBySystemd(planned, act);
  return kind === 'launchd' ? ranByLaunchd(planned, act) : null;
}

async function ranBySystemd(planned: PlannedItem, act: ActGround): Promise<UnitRan> {
  const { name, user } = unitOf(planned);
  const properties = '--property=ActiveState,UnitFileState';
  const argv = [...systemctlOf(user), 'show', properties, '--', name] as const;
  const { exitCode, stdout, stderr } = await exec(argv, planned, act);
  if (exitCode !== 0) throw new FaultError(unseen(name, stderr));
  const [shown] = readShow(stdout);
  const isOn = /^(?:active|activating|reloading)$/.test(shown?.get('ActiveState') ?? '');
  return { isOn, isEnabled: shown?.get('UnitFileState') === 'enabled' };
}

/** A job that is loaded has been agreed to; launchd itself keeps whether it may be started. */
async function ranByLaunchd(planned: PlannedItem, act: ActGround): Promise<UnitRan> {
  const argv = ['/bin/launchctl', 'print', await targetOf(planned, act)] as const;
  const { exitCode, stdout, stderr } = await exec(argv, planned, act);
  if (exitCode !== 0 && exitCode !== 113) throw new FaultError(unseen(planned.item.id, stderr));
  return { isOn: /^\tstate = running$/m.test(stdout), isEnabled: exitCode === 0 };
}

/** Has a unit whose file is back run as it ran before that was taken away; why that failed, or null. */
export async function runAgain(
  planned: PlannedItem,
  ran: UnitRan,
  act: ActGround,
): Promise<string | null> {
  const { host, kind } = planned.item;
  const { name, user } = unitOf(planned);
  const read = kind === 'systemd' ? [daemonReload(user)] : [];
  const failed = await runOn(host ?? '', read, act);
  if (failed !== null) return failed;
  try {
    const now = (await ranOf(planned, act)) ?? ran;
    const isToBe = { isOn: ran.isOn && !now.isOn, isEnabled: ran.isEnabled && !now.isEnabled };
    const steps =
      kind === 'systemd'
        ? ofSystemd(name, user, isToBe)
        : ofLaunchd(await targetOf(planned, act), planned.write?.path ?? '', isToBe);
    return await runOn(host ?? '', steps, act);
  } catch (error) {
    if (error instanceof FaultError) return error.fault.message;
    throw error;
  }
}

function ofSystemd(unit: string, user: boolean, { isOn, isEnabled }: UnitRan): readonly Step[] {
  const systemctl = systemctlOf(user);
  const start = execStep('start it again', [...systemctl, 'start', unit]);
  return [
    ...(isEnabled ? [execStep('enable it again', [...systemctl, 'enable', unit])] : []),
    ...(isOn ? [{ ...start, timeoutMs: 120_000 }] : []),
  ];
}

function ofLaunchd(target: string, path: string, { isOn, isEnabled }: UnitRan): readonly Step[] {
  const domain = target.slice(0, target.lastIndexOf('/'));
  return [
    ...(isEnabled ? [loading('load it again', domain, path)] : []),
    ...(isOn ? [launchctl('start it again', 'kickstart', target)] : []),
  ];
}

function exec(argv: readonly [string, ...string[]], { item }: PlannedItem, { open }: ActGround) {
  const on = open.network.inventory.hosts.find(({ name }) => name === item.host) as Host;
  return open.transports.exec({ on, argv }, finishing);
}

function unseen(name: string, said: string) {
  const [line = ''] = said.trim().split('\n');
  return faultOf('protocol', `how ${name} runs cannot be seen: ${line}`);
}
