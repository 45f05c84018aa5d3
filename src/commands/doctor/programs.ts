import { askDaemon } from '../../kinds/tailscale/ask.ts';
import { readStatus } from '../../kinds/tailscale/status.ts';
import type { DoctorItem } from '../../outputs/doctor-page.ts';
import { findProgram } from './find-program.ts';
import type { HostNeeds } from './needs.ts';
import { type Finding, type Ground, itemOf, probe } from './probe.ts';
import { thisHost } from './this-host.ts';

/** The programs of this machine that its own hosts' checks run. */
export function programItems(
  ground: Ground,
  needs: readonly HostNeeds[],
): readonly Promise<DoctorItem>[] {
  const here = needs.filter(({ reach }) => reach === 'here');
  const commands = [...new Set(here.flatMap(({ programs }) => programs))].sort();
  return [
    launchctlItem(
      ground,
      here.some(({ launchd }) => launchd),
    ),
    systemctlItem(
      ground,
      here.some(({ systemd }) => systemd),
    ),
    ...(here.some(({ userSystemd }) => userSystemd) ? [userSystemctlItem(ground)] : []),
    ...commands.map((program) => commandItem(ground, program)),
  ];
}

function launchctlItem(ground: Ground, isNeeded: boolean): Promise<DoctorItem> {
  return probe({ id: 'program/launchctl', title: 'launchctl' }, ground, async () => {
    if (!isNeeded) return { state: 'not-needed', note: 'no launchd unit stands on this machine' };
    const { system } = await ground.transports.machine(thisHost, ground.options);
    if (system === 'darwin') return found(ground, 'launchctl', 'it comes with macOS: look at PATH');
    const fix = 'run joelclaw on the Mac, or give its host ssh';
    return { state: 'missing', note: 'this machine is no Mac', fix };
  });
}

/** States that systemd(1) has while it is there; `offline` is what it says where it was not booted. */
const booted = /^(initializing|starting|running|degraded|maintenance|stopping)$/;

function systemctlItem(ground: Ground, isNeeded: boolean): Promise<DoctorItem> {
  const subject = { id: 'program/systemctl', title: 'systemctl' };
  return probe(subject, ground, async () => {
    if (!isNeeded) return { state: 'not-needed', note: 'no systemd unit stands on this machine' };
    const state = await runningState(ground, []);
    if (booted.test(state)) return { state: 'ok', note: `systemd is ${state}` };
    const fix = 'run joelclaw on the machine itself, not in a container of it';
    return { state: 'missing', note: `systemd does not run this machine (${state})`, fix };
  });
}

function userSystemctlItem(ground: Ground): Promise<DoctorItem> {
  const subject = { id: 'program/systemctl-user', title: 'systemctl --user' };
  return probe(subject, ground, async () => {
    const state = await runningState(ground, ['--user']);
    if (booted.test(state)) return { state: 'ok', note: `this user’s systemd is ${state}` };
    const fix = 'loginctl enable-linger, log in anew, and see that XDG_RUNTIME_DIR is set';
    return { state: 'missing', note: `this user’s systemd does not answer (${state})`, fix };
  });
}

async function runningState(ground: Ground, more: readonly string[]): Promise<string> {
  const argv = ['systemctl', ...more, 'is-system-running'] as const;
  const { stdout } = await ground.transports.exec({ on: thisHost, argv }, ground.options);
  return stdout.trim() || 'no answer';
}

function commandItem(ground: Ground, program: string): Promise<DoctorItem> {
  const subject = { id: `program/${program}`, title: program };
  const fix = `install ${program}, or name it by its whole path in the check`;
  return probe(subject, ground, () => found(ground, program, fix));
}

async function found({ context }: Ground, program: string, fix: string): Promise<Finding> {
  const place = await findProgram(program, context.env['PATH'] ?? '');
  if (place !== null) return { state: 'ok', note: place };
  return { state: 'missing', note: `${program} is not on this user’s PATH`, fix };
}

/** The daemon as its own client tells of it. */
export function tailscaleItem(ground: Ground, isNeeded: boolean): Promise<DoctorItem> {
  const subject = { id: 'program/tailscale', title: 'tailscale' };
  if (!isNeeded) {
    const note = 'the inventory does not enable it for this machine';
    return Promise.resolve(itemOf(subject, { state: 'not-needed', note }));
  }
  return probe(subject, ground, async () => {
    const { program, stdout } = await askDaemon({ ...ground, host: thisHost });
    const { backend, version } = readStatus(stdout);
    const note = `${program}, ${version.split('-')[0]}, ${backend}`;
    if (backend === 'Running') return { state: 'ok', note };
    return { state: 'missing', note, fix: backendFix[backend] ?? 'see `tailscale status`' };
  });
}

const backendFix: Readonly<Record<string, string>> = {
  NeedsLogin: 'tailscale up, and log in',
  NeedsMachineAuth: 'let this machine in: admin console, Machines, Approve',
  Stopped: 'tailscale up',
  NoState: 'the daemon has just started: ask again',
  Starting: 'the daemon has just started: ask again',
};
