import type { Host } from '../../model/inventory.ts';
import type { DoctorItem } from '../../outputs/doctor-page.ts';
import { findProgram } from './find-program.ts';
import type { HostNeeds } from './needs.ts';
import { type Finding, type Ground, itemOf, probe } from './probe.ts';
import { type Agent, askAgent } from './ssh-agent.ts';
import { keysFinding, lookAtKeys } from './ssh-keys.ts';
import { knownFinding } from './ssh-known.ts';
import { askSettings, type SshSettings } from './ssh-settings.ts';

/** ssh's own program, and for each host that is reached by it: name, key of the host, own keys, a login. */
export function sshItems(
  ground: Ground,
  needs: readonly HostNeeds[],
): readonly Promise<readonly DoctorItem[]>[] {
  const reached = needs.filter(({ reach }) => reach === 'ssh');
  return [programItem(ground, reached), ...reached.map((one) => hostItems(ground, one))];
}

async function programItem(
  ground: Ground,
  reached: readonly HostNeeds[],
): Promise<readonly DoctorItem[]> {
  const subject = { id: 'program/ssh', title: 'ssh' };
  if (reached.length === 0) {
    return [itemOf(subject, { state: 'not-needed', note: 'no host is reached by ssh' })];
  }
  const openssh = reached.some(({ host }) => host.ssh?.client === 'openssh');
  const item = probe(subject, ground, async () => {
    const place = await findProgram('ssh', ground.context.env['PATH'] ?? '');
    if (place !== null) return { state: 'ok', note: place };
    const fix = 'install openssh-client';
    if (openssh) return { state: 'missing', note: 'client: openssh needs the program', fix };
    return { state: 'warning', note: 'not installed: ~/.ssh/config is not followed', fix };
  });
  return [await item];
}

async function hostItems(ground: Ground, needs: HostNeeds): Promise<readonly DoctorItem[]> {
  const { host } = needs;
  const subjectOf = (what: string, title = what) => ({
    id: `ssh/${host.name}/${what}`,
    title: `${host.name}: ${title}`,
  });
  const login = loginItems(ground, needs);
  let settings: SshSettings | null = null;
  const named = await probe(subjectOf('name'), ground, async () => {
    settings = await askSettings(ground, host);
    return nameFinding(host, settings);
  });
  if (settings === null) return [named, ...(await login)];
  const known: SshSettings = settings;
  let agent: Agent = { is: 'none' };
  const asked = probe({ ...subjectOf('agent'), trouble: 'warning' }, ground, async () => {
    agent = await askAgent(known.agent, ground);
    return agentFinding(agent);
  });
  const pinned = probe({ ...subjectOf('host-key', 'host key'), isHere: true }, ground, () =>
    knownFinding(host.name, known, ground),
  );
  const keys = asked.then(() =>
    probe({ ...subjectOf('keys'), isHere: true }, ground, async () =>
      keysFinding(known, await lookAtKeys(known.keys, ground), agent),
    ),
  );
  return [named, await pinned, await keys, await asked, ...(await login)];
}

function nameFinding({ ssh, name }: Host, { hostname, port, user, jump }: SshSettings): Finding {
  const asked = ssh?.host ?? name;
  const target = `${user === null ? '' : `${user}@`}${hostname}:${port}`;
  const by = jump === null ? '' : `, by way of ${jump}`;
  return { state: 'ok', note: `${asked === hostname ? '' : `${asked} is `}${target}${by}` };
}

function agentFinding(agent: Agent): Finding {
  if (agent.is === 'none') return { state: 'not-needed', note: 'none is named (SSH_AUTH_SOCK)' };
  if (agent.is === 'silent') {
    const fix = 'eval "$(ssh-agent)", or log in anew';
    return { state: 'warning', note: `${agent.socket} does not answer`, fix };
  }
  const { length } = agent.keys;
  return { state: 'ok', note: length === 0 ? 'it holds no key' : `it holds ${length} of its keys` };
}

/** One real login, and with it what that host's own checks run there. */
async function loginItems(ground: Ground, needs: HostNeeds): Promise<readonly DoctorItem[]> {
  const { host } = needs;
  const subject = { id: `ssh/${host.name}/login`, title: `${host.name}: login` };
  const on: Host = { ...host, access: 'ssh' };
  let inside = false;
  const login = await probe(subject, ground, async () => {
    const { system, uid } = await ground.transports.machine(on, ground.options);
    inside = true;
    return { state: 'ok', note: `${system}, as user ${uid}` };
  });
  if (!inside) return [login];
  const wanted = [
    ...(needs.launchd ? ['launchctl'] : []),
    ...(needs.systemd ? ['systemctl'] : []),
    ...needs.programs,
  ];
  return [login, ...(await Promise.all(wanted.map((name) => remoteItem(ground, on, name))))];
}

function remoteItem(ground: Ground, on: Host, program: string): Promise<DoctorItem> {
  const subject = { id: `ssh/${on.name}/${program}`, title: `${on.name}: ${program}` };
  return probe(subject, ground, async () => {
    const argv = ['sh', '-c', 'command -v "$1"', 'sh', program] as const;
    const { exitCode, stdout } = await ground.transports.exec({ on, argv }, ground.options);
    if (exitCode === 0) return { state: 'ok', note: stdout.trim() };
    const fix = `install ${program} on ${on.name}, or name it by its whole path`;
    return { state: 'missing', note: `${program} is not on the PATH there`, fix };
  });
}
