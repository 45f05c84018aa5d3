import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Host } from '../../src/model/inventory.ts';
import { freePort } from './free-port.ts';
import { type Started, startProgram } from './start-program.ts';
import { pathOf } from './tiers.ts';

const run = promisify(execFile);

/** A real sshd on 127.0.0.1 that lets the current user in with one key. */
export interface SshdServer {
  readonly port: number;
  readonly pid: number;
  readonly folder: string;
  /** Accepted: a private key without a passphrase. */
  readonly keyFile: string;
  /** Its own keys, ed25519 and rsa, as the middle of a known_hosts line: `type base64`. */
  readonly hostKeys: Readonly<Record<'ed25519' | 'rsa', string>>;
  /** A known_hosts file that holds its ed25519 key. */
  readonly knownHosts: string;
  /** An ssh host of the inventory that is this server. */
  host(ssh?: Partial<NonNullable<Host['ssh']>>): Host;
  /** All that it has logged so far. */
  log(): string;
  /** The processes that serve its connections. */
  sessions(): Promise<readonly number[]>;
  /** Ends the listener alone; what is connected stays. */
  stopListening(): Promise<void>;
  /** Brings the listener back with the same keys on the same port. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes a key pair; `passphrase` encrypts it. */
export async function makeKey(file: string, type = 'ed25519', passphrase = ''): Promise<void> {
  const bits = type === 'rsa' ? ['-b', '2048'] : [];
  await run('ssh-keygen', ['-q', '-t', type, ...bits, '-N', passphrase, '-C', 'test', '-f', file]);
}

/** `type base64` of a public key file. */
export async function publicKey(file: string): Promise<string> {
  return (await readFile(`${file}.pub`, 'utf8')).split(' ').slice(0, 2).join(' ');
}

/**
 * `config` is added to its sshd_config, where the first value of a key counts; `more` adds what can
 * be said only when its keys are there.
 */
export async function startSshd(
  config: readonly string[] = [],
  more: (folder: string) => Promise<readonly string[]> = async () => [],
): Promise<SshdServer> {
  const folder = await mkdtemp(join(tmpdir(), 'joelclaw-sshd-'));
  const port = await freePort();
  const file = (name: string): string => join(folder, name);
  await Promise.all([
    makeKey(file('host_ed25519')),
    makeKey(file('host_rsa'), 'rsa'),
    makeKey(file('user')),
  ]);
  const ed25519 = await publicKey(file('host_ed25519'));
  const hostKeys = { ed25519, rsa: await publicKey(file('host_rsa')) };
  await writeFile(file('authorized'), `${await publicKey(file('user'))}\n`);
  await writeFile(file('known_hosts'), `[127.0.0.1]:${port} ${ed25519}\n`);
  const added = await more(folder);
  await writeFile(
    file('sshd_config'),
    [...config, ...added, ...configOf(folder, port), ''].join('\n'),
  );
  let log = '';
  const hear = (text: string): void => {
    log += text;
  };
  let started = await startAt(folder, hear);
  const host: SshdServer['host'] = (ssh = {}) => hostAt({ folder, port }, ssh);
  return {
    port,
    get pid() {
      return started.pid;
    },
    folder,
    keyFile: file('user'),
    hostKeys,
    knownHosts: file('known_hosts'),
    host,
    log: () => log,
    sessions: () => sessionsOf(started.pid),
    stopListening: () => started.end(),
    startAgain: async () => {
      started = await startAt(folder, hear);
    },
    stop: async () => {
      const sessions = await sessionsOf(started.pid);
      await started.stop();
      for (const session of sessions) endNow(session);
    },
  };
}

function configOf(folder: string, port: number): readonly string[] {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${folder}/host_ed25519`,
    `HostKey ${folder}/host_rsa`,
    `AuthorizedKeysFile ${folder}/authorized`,
    `PidFile ${folder}/pid`,
    // The user's own start-up files may be slow, and may print.
    `SetEnv HOME=${folder}`,
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'LogLevel VERBOSE',
  ];
}

/** It listens as soon as it says so in its log. */
function startAt(folder: string, hear: (text: string) => void): Promise<Started> {
  // As root it will not start without its folder for privilege separation.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const argv = [pathOf('sshd') ?? 'sshd', '-D', '-e', '-f', join(folder, 'sshd_config')] as const;
  return startProgram(argv, { ready: /Server listening on/, folder, hear });
}

function hostAt(
  { folder, port }: { readonly folder: string; readonly port: number },
  ssh: Partial<NonNullable<Host['ssh']>>,
): Host {
  return {
    name: 'box',
    description: '',
    access: 'ssh',
    hostname: null,
    tailscale: null,
    disks: [],
    ssh: {
      host: '127.0.0.1',
      port,
      user: userInfo().username,
      identityFile: join(folder, 'user'),
      knownHosts: [join(folder, 'known_hosts')],
      proxyJump: null,
      client: 'ssh2',
      ...ssh,
    },
  };
}

/** The children of the one that listens; they go on when it ends. */
async function sessionsOf(pid: number): Promise<readonly number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Its client has left meanwhile.
  }
}

/** Adds lines to a file. */
export async function addLines(file: string, ...lines: readonly string[]): Promise<void> {
  await appendFile(file, lines.map((line) => `${line}\n`).join(''));
}
