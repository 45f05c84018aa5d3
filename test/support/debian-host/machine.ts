import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cable, isAlive, layCable, removeDeadCables } from './cable.ts';
import { debianRoot } from './root-file-system.ts';
import { run, runIfItCan } from './run.ts';

/** A booted Debian: systemd as its first process, in a network namespace of its own. */
export interface Machine {
  readonly cable: Cable;
  /** A scratch folder outside of it, and its root while it lives. */
  readonly folder: string;
  readonly root: string;
  stop(): Promise<void>;
}

const prefix = 'joelclaw-debian-';

/** What `systemd-nspawn` ends with when the machine within reboots. */
const rebooting = 133;

/**
 * Boots Debian on a layer in memory above the root that is kept, after `prepare` has put its files
 * there. It ends with this process; what a killed one has left is removed by the next.
 */
export async function bootMachine(prepare: (root: string) => Promise<void>): Promise<Machine> {
  await removeLeftovers();
  const lower = await debianRoot();
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  await run('mount', '-t', 'tmpfs', '-o', 'size=512m,mode=0755', 'tmpfs', folder);
  const [root, upper, work] = ['root', 'upper', 'work'].map((name) => join(folder, name));
  for (const path of [root, upper, work]) await mkdir(path as string);
  const layers = `lowerdir=${lower},upperdir=${upper},workdir=${work}`;
  await run('mount', '-t', 'overlay', '-o', layers, 'overlay', root as string);
  const cable = await layCable();
  await prepare(root as string);
  const container = keepBooted(root as string, cable);
  return {
    cable,
    folder,
    root: root as string,
    stop: async () => {
      await container.stop();
      await cable.remove();
      await unmount(folder);
    },
  };
}

interface Container {
  stop(): Promise<void>;
}

/** Starts it again whenever it has rebooted. */
function keepBooted(root: string, { namespacePath }: Cable): Container {
  let stopping = false;
  let child: ChildProcess;
  const start = (): void => {
    child = spawn(
      'systemd-nspawn',
      [
        '--quiet',
        `--directory=${root}`,
        `--machine=jc-${process.pid}`,
        '--register=no',
        '--keep-unit',
        `--network-namespace-path=${namespacePath}`,
        '--boot',
      ],
      { stdio: 'ignore' },
    );
    child.once('exit', (code) => {
      if (code === rebooting && !stopping) start();
    });
  };
  const killNow = (): void => void child.kill('SIGKILL');
  start();
  process.once('exit', killNow);
  return {
    stop: async () => {
      stopping = true;
      process.off('exit', killNow);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      killNow();
      await ended;
    },
  };
}

async function removeLeftovers(): Promise<void> {
  await removeDeadCables();
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1] ?? 0);
    if (pid > 0 && !isAlive(pid)) await unmount(join(tmpdir(), name));
  }
}

async function unmount(folder: string): Promise<void> {
  await runIfItCan('umount', '--lazy', join(folder, 'root'));
  await runIfItCan('umount', '--lazy', folder);
  await rm(folder, { recursive: true, force: true });
}
