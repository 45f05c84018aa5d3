import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

/** A real server that a group of tests runs against, and how to get it. */
export interface Tier {
  readonly name: string;
  readonly program: string;
  readonly install: string;
}

/** Tests of a missing tier are skipped, and whoever prints the summary says so by this table. */
export const tiers = {
  redis: { name: 'redis', program: 'redis-server', install: 'apt-get install redis-server' },
  caddy: { name: 'caddy', program: 'caddy', install: 'apt-get install caddy' },
  ssh: { name: 'ssh', program: 'ssh-keygen', install: 'apt-get install openssh-client' },
  sshd: { name: 'sshd', program: 'sshd', install: 'apt-get install openssh-server' },
  tmux: { name: 'tmux', program: 'tmux', install: 'apt-get install tmux' },
} as const satisfies Readonly<Record<string, Tier>>;

export type TierName = keyof typeof tiers;

function tier(name: TierName): Tier {
  return tiers[name];
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

/** `describe` where the tier's program is found, else `describe.skip`. */
export function describeTier(name: TierName, title: string, define: () => void): void {
  const run = hasProgram(tier(name).program) ? describe : describe.skip;
  run(`${title} [${name}]`, define);
}

/** The tiers whose program this machine lacks. */
export function missingTiers(): readonly Tier[] {
  return Object.values(tiers).filter(({ program }) => !hasProgram(program));
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
