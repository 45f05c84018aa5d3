import { toldBy } from '../collect/answers.ts';
import { filesBy } from '../read/told.ts';
import { isEnabled } from './at-boot.ts';
import { type Told, underUserManager } from './at-logout.ts';
import { atCrash, factsOf } from './by-system-unit.ts';
import { type Ground, type Rung, type Unit, userName, type Verdict } from './ground.ts';

/** A unit of a user's own manager, by the control group. */
export const byUserUnit: Rung = ({ place, lineage, process }, ground) => {
  const [name, uid] = [place?.userUnit ?? null, place?.userManager ?? null];
  if (name === null || uid === null || !name.endsWith('.service')) return null;
  const unit = uid === ground.us ? ground.userUnits.get(name) : undefined;
  const main = Number(unit?.get('MainPID') ?? 0);
  const isOwn = main !== 0 && lineage.some(({ pid }) => pid === main);
  const evidence = [
    `its control group is ${place?.path}`,
    ...(isOwn ? ['its main process by systemctl --user is this one, or has started it'] : []),
    ...(unit === undefined
      ? [`the manager of ${userName(uid, ground)} could not be asked for it`]
      : factsOf(unit)),
  ];
  const isSure = isOwn || process !== null;
  const confidence = isSure ? 'certain' : 'likely';
  return {
    ...userUnitVerdict(name, uid, ground),
    manager: { kind: 'systemd-user', name, confidence, evidence },
  };
};

/** What is known of a unit of a user's manager: by systemctl(1) of our own, by its file of another's. */
export function userUnitVerdict(
  name: string,
  uid: number,
  ground: Ground,
): Omit<Verdict, 'manager'> {
  const unit =
    (uid === ground.us ? ground.userUnits.get(name) : undefined) ?? byItsFile(name, uid, ground);
  const main = ground.processes.get(Number(unit.get('MainPID') ?? 0));
  const [reboot, crash] = [atBoot(unit, uid, ground), atCrash(unit)];
  const logout = underUserManager(uid, ground);
  const systemctl = `systemctl --user${otherOf(uid, ground)}`;
  return {
    survives: {
      ...{ reboot: reboot.survives, crash: crash.survives, logout: logout.survives },
      why: { reboot: reboot.why, crash: crash.why, logout: logout.why },
    },
    restart: `${systemctl} restart ${name}`,
    stop: `${systemctl} stop ${name}`,
    logs:
      uid === ground.us
        ? `journalctl --user -u ${name} -n 100`
        : `${ground.us === 0 ? '' : 'sudo '}journalctl _UID=${uid} _SYSTEMD_USER_UNIT=${name} + _UID=${uid} USER_UNIT=${name} -n 100`,
    ...(main === undefined ? {} : { process: main }),
  };
}

/** Another's manager is asked by its name. */
function otherOf(uid: number, ground: Ground): string {
  return uid === ground.us ? '' : ` -M ${userName(uid, ground)}@`;
}

function byItsFile(name: string, uid: number, ground: Ground): Unit {
  const files = filesBy(ground.answers, 'user-unit-files') ?? new Map<string, string[]>();
  const links = (toldBy(ground.answers, 'user-unit-links') ?? '').split('\n');
  const isOurs = (path: string): boolean =>
    path.startsWith('/etc/') || path.includes(`/${userName(uid, ground)}/`);
  const [, lines] = [...files].find(([path]) => isOurs(path) && path.endsWith(`/${name}`)) ?? [];
  const link = links.find((path) => isOurs(path) && path.endsWith(`.wants/${name}`));
  if (lines === undefined && link === undefined) return new Map();
  const restart = lines?.findLast((line) => line.startsWith('Restart='))?.slice(8) ?? 'no';
  const state = link === undefined ? 'disabled' : 'enabled';
  return new Map([
    ['UnitFileState', state],
    ['Restart', restart.trim()],
  ]);
}

/** It wants two things: to be enabled, and a manager that runs before anybody logs in. */
function atBoot(unit: Unit, uid: number, ground: Ground): Told {
  const state = unit.get('UnitFileState');
  const [enabled, lingering] = [isEnabled(state), underUserManager(uid, ground)];
  if (enabled === false) return { survives: false, why: `the unit is ${state}` };
  if (lingering.survives === false) return lingering;
  if (enabled === null || lingering.survives === null) {
    const what = `the unit is ${state || 'of an unknown state'}`;
    return { survives: null, why: `${what}; ${lingering.why}` };
  }
  return { survives: true, why: `the unit is ${state}, and ${lingering.why}` };
}
