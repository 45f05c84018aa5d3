import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

/** A real server that a group of tests runs against: the programs it is started with, and how to get them. */
export interface Tier {
  readonly name: string;
  readonly programs: readonly string[];
  /** Only root may start it, and only on Linux. */
  readonly asRoot?: true;
  readonly install: string;
}

/** Tests of a missing tier are skipped, and whoever prints the summary says so by this table. */
const tiers = {
  redis: { name: 'redis', programs: ['redis-server'], install: 'apt-get install redis-server' },
  caddy: { name: 'caddy', programs: ['caddy'], install: 'apt-get install caddy' },
  ssh: { name: 'ssh', programs: ['ssh-keygen'], install: 'apt-get install openssh-client' },
  sshd: { name: 'sshd', programs: ['sshd'], install: 'apt-get install openssh-server' },
  busybox: { name: 'BusyBox', programs: ['busybox'], install: 'apt-get install busybox' },
  chroot: {
    name: 'BusyBox alone in a chroot',
    programs: ['busybox', 'chroot', 'unshare', 'ldd'],
    asRoot: true,
    install: 'apt-get install busybox, and run as root',
  },
  debian: {
    name: 'a real Debian host with systemd',
    programs: ['systemd-nspawn', 'debootstrap', 'ip', 'ssh', 'npm'],
    asRoot: true,
    install:
      'apt-get install systemd-container debootstrap iproute2 openssh-client, and run as root',
  },
  strace: { name: 'strace', programs: ['strace'], install: 'apt-get install strace' },
  tmux: { name: 'tmux', programs: ['tmux'], install: 'apt-get install tmux' },
} as const satisfies Readonly<Record<string, Tier>>;

export type TierName = keyof typeof tiers;

/** Whether all that the tier needs is here. */
export function hasTier(name: TierName): boolean {
  const { programs, asRoot }: Tier = tiers[name];
  const mayStart = !asRoot || (process.platform === 'linux' && process.getuid?.() === 0);
  return mayStart && programs.every(hasProgram);
}

/** Where servers lie that are root's alone to start, and so are not on everybody's PATH. */
const serverFolders = ['/usr/sbin', '/sbin'];

/** The whole path of a program that may be run; null where there is none. */
export function pathOf(program: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...serverFolders];
  const found = folders.find((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  return found === undefined ? null : join(found, program);
}

/** Whether a program is found and may be run. */
export function hasProgram(program: string): boolean {
  return pathOf(program) !== null;
}

/** `describe` where the tier can run, else `describe.skip`. */
export function describeTier(name: TierName, title: string, define: () => void): void {
  const run = hasTier(name) ? describe : describe.skip;
  run(`${title} [${name}]`, define);
}

/** Of these tiers, of all unless told, those that this machine lacks something of. */
export function missingTiers(
  names: readonly TierName[] = Object.keys(tiers) as TierName[],
): readonly Tier[] {
  return names.filter((name) => !hasTier(name)).map((name) => tiers[name]);
}

/** What only the outside can give, and what stands in for it. */
export function notGiven(): readonly { readonly name: string; readonly proof: string }[] {
  const mac = { name: 'a Mac', proof: 'sysctl, vm_stat and df are proved on recordings' };
  const cluster = { name: 'KUBECONFIG', proof: 'a real cluster is proved on recordings' };
  const inngest = { name: 'INNGEST_URL', proof: 'the Inngest server is proved on recordings' };
  return [
    ...(process.platform === 'darwin' ? [] : [mac]),
    ...(process.env['KUBECONFIG'] ? [] : [cluster]),
    ...(givenInngest() === null ? [inngest] : []),
  ];
}

/** A real Inngest server, and perhaps its worker, to be read by tests; null when none is given. */
export function givenInngest(): { readonly url: string; readonly worker: string | null } | null {
  const { INNGEST_URL: url = '', INNGEST_WORKER_URL: worker = '' } = process.env;
  return url === '' ? null : { url, worker: worker === '' ? null : worker };
}
