import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../../src/model/inventory.ts';
import type { Transports } from '../../src/transports/contract.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { pathOf } from './tiers.ts';

/** A machine made of this one: its shell, and the programs that it has. */
export interface ForeignShell {
  readonly transports: Transports;
  /** A folder that is its only PATH: what is put there is what it has. */
  readonly bin: string;
  /** Gives it a program of this text. */
  give(name: string, text: string): void;
  stop(): Promise<void>;
}

const here: Host = {
  name: 'here',
  description: '',
  access: 'local',
  ssh: null,
  hostname: null,
  tailscale: null,
  disks: ['/'],
};

/**
 * Transports that run whatever is sent to `/bin/sh` of any host by the given shell of this machine,
 * with no other PATH than a folder of links to the given programs; `busybox sh` links to BusyBox.
 */
export function openForeignShell(shell: string, programs: readonly string[]): ForeignShell {
  const live = createLiveTransports();
  const bin = mkdtempSync(join(tmpdir(), 'joelclaw-shell-'));
  mkdirSync(bin, { recursive: true });
  const [name = '', ...words] = shell.split(' ');
  const source = words.length > 0 ? pathTo(name) : null;
  for (const program of programs) symlinkSync(source ?? pathTo(program), join(bin, program));
  const argv = ['/usr/bin/env', `PATH=${bin}`, pathTo(name), ...words] as const;
  return {
    bin,
    give: (program, text) => {
      const path = join(bin, program);
      rmSync(path, { force: true });
      writeFileSync(path, text);
      chmodSync(path, 0o755);
    },
    transports: {
      ...live,
      exec: ({ argv: [asked, ...args], ...request }, options) => {
        if (asked !== '/bin/sh') throw new Error(`unexpected program ${asked}`);
        return live.exec({ ...request, on: here, argv: [...argv, ...args] }, options);
      },
    },
    stop: async () => {
      await live.close();
      rmSync(bin, { recursive: true, force: true });
    },
  };
}

function pathTo(program: string): string {
  const path = pathOf(program);
  if (path === null) throw new Error(`${program} is not installed`);
  return path;
}
