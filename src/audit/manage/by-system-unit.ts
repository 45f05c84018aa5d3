import { toldBy } from '../collect/answers.ts';
import { isEnabled, socketOf } from './at-boot.ts';
import type { Told } from './at-logout.ts';
import { asUser, type Ground, type Rung, type Subject, type Unit, type Verdict } from './ground.ts';

/** Units that only hold what others have started: of them none is a manager, unless the process is their own. */
const generic =
  /^(?:(?:cron|crond|cronie|anacron|atd|ssh|sshd|dropbear|docker|containerd|podman|crio|k3s|kubelet|supervisor|supervisord|rc-local|display-manager|gdm3?|sddm|lightdm)\.service|(?:pm2-|user@|getty@|serial-getty@|ssh@|sshd@|tmux@|screen@).*\.service|init\.scope)$/;

/** Whether the unit's main process is this one, or has started it. */
function isItsOwn(unit: Unit | undefined, { process, lineage }: Subject, isHeld: boolean): boolean {
  const main = Number(unit?.get('MainPID') ?? 0);
  if (main === 0) return false;
  return isHeld ? process?.pid === main : lineage.some(({ pid }) => pid === main);
}

/** A unit of the system, by the control group and its main process. */
export const bySystemUnit: Rung = (subject, ground) => {
  const name = subject.place?.unit ?? null;
  if (name === null || !name.endsWith('.service')) return null;
  const unit = ground.units.get(name);
  const isGeneric = generic.test(name);
  const isOwn = isItsOwn(unit, subject, isGeneric);
  const isHiddenMain = subject.process === null && unit?.get('ActiveState') === 'active';
  if (isGeneric && !isOwn && !(isHiddenMain && isAlone(name, subject, ground))) return null;
  const evidence = [
    `its control group is ${subject.place?.path}`,
    ...(isOwn ? [`its main process by systemctl is this one, or has started it`] : []),
    ...(unit === undefined ? ['systemctl could not be asked for it'] : factsOf(unit)),
  ];
  const isSure = isOwn || (isHiddenMain && unit?.get('MainPID') !== '0');
  const verdict = systemUnitVerdict(name, unit, ground);
  const confidence = isSure ? 'certain' : 'likely';
  return { ...verdict, manager: { kind: 'systemd', name, confidence, evidence } };
};

/** Whether the hidden owner of a port can only be the main process of a unit that holds others too. */
function isAlone(name: string, { uid, place }: Subject, { processes, units }: Ground): boolean {
  const main = processes.get(Number(units.get(name)?.get('MainPID') ?? 0));
  if (main === undefined) return /^sshd?\.service$/.test(name);
  const others = [...processes.values()].filter(
    (one) => one.cgroup === place?.path && one.uid === uid && one.pid !== main.pid,
  );
  return main.uid === uid && others.length === 0;
}

/** What listens for it until the first call: the system's own first process. */
export const bySocketUnit: Rung = ({ listening, process }, ground) => {
  if (listening === null || (process !== null && process.pid !== 1)) return null;
  if (process === null && !listening.cgroup?.startsWith('/init.scope')) return null;
  const sockets = toldBy(ground.answers, 'socket-units') ?? '';
  const block = sockets
    .split(/\n\s*\n/)
    .find((one) => new RegExp(`^Listen=.*:${listening.port} \\(Stream\\)`, 'm').test(one));
  const name = /^Id=(.+)$/m.exec(block ?? '')?.[1] ?? null;
  if (name === null) return null;
  const state = /^UnitFileState=(.+)$/m.exec(block ?? '')?.[1];
  const sudo = asUser(0, ground);
  return {
    manager: {
      ...{ kind: 'systemd', name, confidence: 'certain' },
      evidence: ['systemd itself listens there, for the service of this socket'],
    },
    survives: {
      ...{ reboot: isEnabled(state), crash: true, logout: true },
      why: {
        reboot: `the socket is ${state ?? 'of an unknown state'}`,
        crash: 'systemd keeps the port and starts the service at the next call',
        logout: 'it belongs to no login',
      },
    },
    restart: `${sudo}systemctl restart ${name}`,
    stop: `${sudo}systemctl stop ${name}`,
    logs: `journalctl -u ${name} -n 100`,
  };
};

/** What systemctl(1) says of a unit of the system, or null of it. */
export function systemUnitVerdict(
  name: string,
  unit: Unit | undefined,
  ground: Ground,
): Omit<Verdict, 'manager'> {
  const sudo = asUser(0, ground);
  const main = ground.processes.get(Number(unit?.get('MainPID') ?? 0));
  const [reboot, crash] = [atBoot(name, unit, ground), atCrash(unit)];
  return {
    survives: {
      ...{ reboot: reboot.survives, crash: crash.survives, logout: true },
      why: { reboot: reboot.why, crash: crash.why, logout: 'a unit of the system, of no login' },
    },
    restart: `${sudo}systemctl restart ${name}`,
    stop: `${sudo}systemctl stop ${name}`,
    logs: `journalctl -u ${name} -n 100`,
    ...(main === undefined ? {} : { process: main }),
  };
}

/** Its state, as evidence. */
export function factsOf(unit: Unit): readonly string[] {
  const [state, file, path] = ['ActiveState', 'UnitFileState', 'FragmentPath'].map((key) =>
    unit.get(key),
  );
  const reload = unit.get('NeedDaemonReload') === 'yes' ? ', changed since it was read' : '';
  return [`unit ${path || 'without a file'}: ${state}, ${file || 'not installed'}${reload}`];
}

function atBoot(name: string, unit: Unit | undefined, { answers }: Ground): Told {
  const state = unit?.get('UnitFileState');
  const enabled = isEnabled(state);
  if (enabled === true) return { survives: true, why: `the unit is ${state}` };
  const socket = socketOf(name, toldBy(answers, 'socket-units') ?? '');
  if (socket !== null && isEnabled(socket.get('UnitFileState')) === true) {
    return { survives: true, why: `${socket.get('Id')} is enabled and starts it` };
  }
  return { survives: enabled, why: `the unit is ${state || 'of an unknown state'}` };
}

/** Restart= of systemd.service(5): a crash is an unclean end. */
export function atCrash(unit: Unit | undefined): Told {
  const restart = unit?.get('Restart');
  if (restart === undefined || restart === '') {
    return { survives: null, why: 'Restart= could not be told' };
  }
  return {
    survives: ['always', 'on-failure', 'on-abnormal', 'on-abort'].includes(restart),
    why: `the unit has Restart=${restart}`,
  };
}
