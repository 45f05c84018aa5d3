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
  tmux: { name: 'tmux', program: 'tmux', install: 'apt-get install tmux' },
} as const satisfies Readonly<Record<string, Tier>>;

export type TierName = keyof typeof tiers;

function tier(name: TierName): Tier {
  return tiers[name];
}

/** Whether a program is found on PATH and may be run. */
export function hasProgram(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
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
  return process.platform === 'darwin' ? [] : [mac];
}
