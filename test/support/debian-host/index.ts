import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { waitForGreeting } from './greeting.ts';
import { makeKeys } from './keys.ts';
import { bootMachine, type Machine } from './machine.ts';
import { run } from './run.ts';
import { unitFiles, unitLinks } from './units.ts';

/** A real Debian host with systemd and sshd, at the end of a cable that can be cut. */
export interface DebianHost {
  readonly address: string;
  /** Lets `root` and `joel` in. */
  readonly keyFile: string;
  readonly knownHosts: string;
  /** Runs a line of shell there as root unless told, by the system's ssh; its output. */
  shell(line: string, user?: 'root' | 'joel'): Promise<string>;
  /** The arguments of ssh(1) that lead there, without the line to run. */
  sshTo(user: 'root' | 'joel'): readonly string[];
  cutCable(): Promise<void>;
  mendCable(): Promise<void>;
  /** Resolves when it has come back. */
  reboot(): Promise<void>;
  stop(): Promise<void>;
}

const joel = 1000;

/** Boots it, and waits until systemd has started all that it will start. */
export async function startDebianHost(): Promise<DebianHost> {
  let keys = { keyFile: '', hostKey: '' };
  const machine = await bootMachine(async (root) => {
    keys = await makeKeys(dirname(root));
    await prepare(root, keys);
  });
  try {
    return await started(machine, keys.keyFile, keys.hostKey);
  } catch (error) {
    await machine.stop();
    throw new Error(`the Debian host did not boot; it said last: ${machine.said()}`, {
      cause: error,
    });
  }
}

async function started(
  { cable, folder, stop }: Machine,
  keyFile: string,
  hostKey: string,
): Promise<DebianHost> {
  const { address } = cable;
  const knownHosts = join(folder, 'known_hosts');
  await writeFile(knownHosts, `${address} ${hostKey}\n`);
  const sshTo = (user: string): readonly string[] => [
    ...strictly(knownHosts, keyFile),
    `${user}@${address}`,
  ];
  const shell = (line: string, user = 'root'): Promise<string> => run('ssh', ...sshTo(user), line);
  const booted = async (): Promise<void> => {
    await waitForGreeting(address);
    // It ends badly, as one unit has failed and another crashes. sshd greets before it lets anybody in.
    const line = 'systemctl is-system-running --wait || true; systemctl start --no-block jc-slow';
    await shell(line).catch(() => waitForGreeting(address).then(() => shell(line)));
    await shell('touch /etc/systemd/system/jc-changed.service');
  };
  await booted();
  return {
    address,
    keyFile,
    knownHosts,
    shell,
    sshTo,
    cutCable: cable.cut,
    mendCable: cable.mend,
    reboot: async () => {
      await shell('systemctl reboot').catch(() => undefined);
      await waitForGreeting(address, { gone: true });
      await booted();
    },
    stop,
  };
}

function strictly(knownHosts: string, keyFile: string): readonly string[] {
  return [
    ...['-F', 'none', '-i', keyFile, '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=yes'],
    ...['-o', `UserKnownHostsFile=${knownHosts}`, '-o', 'GlobalKnownHostsFile=/dev/null'],
    ...['-o', 'ConnectTimeout=3', '-o', 'LogLevel=ERROR'],
  ];
}

async function prepare(
  root: string,
  { keyFile, hostKey }: { readonly keyFile: string; readonly hostKey: string },
): Promise<void> {
  if (hostKey === '') throw new Error('no host key was made');
  await run('cp', `${dirname(keyFile)}/host_key`, join(root, 'etc/ssh/ssh_host_ed25519_key'));
  await run(
    'cp',
    `${dirname(keyFile)}/host_key.pub`,
    join(root, 'etc/ssh/ssh_host_ed25519_key.pub'),
  );
  await writeFile(join(root, 'etc/hostname'), 'debian-host\n');
  await mkdir(join(root, 'var/lib/systemd/linger'), { recursive: true });
  await writeFile(join(root, 'var/lib/systemd/linger/joel'), '');
  for (const [path, text] of Object.entries(unitFiles)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  for (const [path, target] of Object.entries(unitLinks)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await symlink(target, join(root, path));
  }
  for (const home of ['root', 'home/joel']) {
    const folder = join(root, home, '.ssh');
    await mkdir(folder, { recursive: true });
    await run('cp', `${keyFile}.pub`, join(folder, 'authorized_keys'));
    await chmod(folder, 0o700);
  }
  await run('chown', '-R', `${joel}:${joel}`, join(root, 'home/joel'));
}
