import { spawn } from 'node:child_process';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cable, layCable, linkOf } from './cable.ts';
import { debianRoot } from './root-file-system.ts';
import { run } from './run.ts';
import { cgroupFolders, setWarden } from './warden.ts';

/** A booted Debian: systemd as its first process, in a network namespace of its own. */
export interface Machine {
  readonly cable: Cable;
  /** A scratch folder outside of it, and its root while it lives. */
  readonly folder: string;
  readonly root: string;
  /** The last that it has said on its console. */
  said(): string;
  stop(): Promise<void>;
}

const prefix = 'joelclaw-debian-';

/** What `systemd-nspawn` ends with when the machine within reboots. */
const rebooting = 133;

let booted = 0;

/**
 * Boots Debian on a layer in memory above the root that is kept, after `prepare` has put its files
 * there. It ends with this process, however that ends, and leaves nothing.
 */
export async function bootMachine(prepare: (root: string) => Promise<void>): Promise<Machine> {
  const lower = await debianRoot();
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  const name = `jc-${process.pid}-${booted++}`;
  const warden = setWarden({ name, link: linkOf(name), folder });
  const ending = new AbortController();
  try {
    const root = await layered(folder, lower);
    const cable = await layCable(name);
    await prepare(root);
    const said = keepBooted({ root, name, namespacePath: cable.namespacePath }, ending.signal);
    const stop = async (): Promise<void> => {
      ending.abort();
      await warden.remove();
    };
    return { cable, folder, root, said, stop };
  } catch (error) {
    ending.abort();
    await warden.remove();
    throw error;
  }
}

/** A root to write on, in memory. */
async function layered(folder: string, lower: string): Promise<string> {
  await run('mount', '-t', 'tmpfs', '-o', 'size=512m,mode=0755', 'tmpfs', folder);
  const [root, upper, work] = ['root', 'upper', 'work'].map((name) => join(folder, name));
  for (const path of [root, upper, work]) await mkdir(path as string);
  const layers = `lowerdir=${lower},upperdir=${upper},workdir=${work}`;
  await run('mount', '-t', 'overlay', '-o', layers, 'overlay', root as string);
  return root as string;
}

interface Container {
  readonly root: string;
  readonly name: string;
  readonly namespacePath: string;
}

/** In a cgroup of its own: two hosts in one would count, and kill, each other's services. */
const inOwnGroup = `
for base in ${cgroupFolders}; do
  [ -f "$base/cgroup.procs" ] || continue
  mkdir -p "$base/$1" && echo $$ >"$base/$1/cgroup.procs"
done
shift
exec setpriv --pdeathsig KILL systemd-nspawn "$@"
`;

const keptBytes = 4000;

/** Starts it again whenever it has rebooted. Returns what it has said last. */
function keepBooted({ root, name, namespacePath }: Container, signal: AbortSignal): () => string {
  let said = '';
  const hear = (data: Buffer): void => {
    said = (said + data.toString()).slice(-keptBytes);
  };
  const start = (): void => {
    const options = [
      `--directory=${root}`,
      `--machine=${name}`,
      '--register=no',
      '--keep-unit',
      `--network-namespace-path=${namespacePath}`,
      '--console=pipe',
      '--boot',
    ];
    const child = spawn('sh', ['-c', inOwnGroup, 'nspawn', name, ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const kill = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    child.once('exit', (code) => {
      signal.removeEventListener('abort', kill);
      if (code === rebooting && !signal.aborted) start();
    });
  };
  start();
  return () => said;
}
