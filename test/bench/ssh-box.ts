import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type SshdServer, startSshd } from '../support/sshd-server.ts';

/** A real sshd whose sessions find a program `systemctl` before all others. */
export interface SshBox extends SshdServer {
  readonly name: string;
  readonly user: string;
}

const recording = fileURLToPath(new URL('../fixtures/systemctl/running.txt', import.meta.url));

/**
 * Starts it. Its `systemctl` is a small program that prints what a real one once did, under the name of
 * each unit that it is asked for: a machine of the bench need not be booted with systemd.
 */
export async function startSshBox(name: string, config: readonly string[] = []): Promise<SshBox> {
  const sshd = await startSshd(config, async (folder) => {
    await writeFile(join(folder, 'systemctl'), fakeSystemctl, { mode: 0o755 });
    // Only the first SetEnv of an sshd_config counts, and the server writes one of its own.
    return [`SetEnv HOME=${folder} PATH=${folder}:${process.env['PATH'] ?? ''}`];
  });
  return { ...sshd, name, user: sshd.host().ssh?.user ?? '' };
}

const fakeSystemctl = `#!/bin/sh
while [ "$1" != -- ]; do shift; done
shift
empty=
for unit; do
  printf "$empty"
  empty='\\n'
  sed "s/works\\\\.service/$unit/" '${recording}'
done
`;

/** What a box has logged; `running` and `held` need LogLevel DEBUG1. */
export interface SeenBySshd {
  readonly connections: number;
  readonly logins: number;
  /** Programs that were started. */
  readonly sessions: number;
  /** The most programs that ran at once, if there was one login. */
  readonly running: number;
  /** The most sessions at once: one that has ended is let go a moment later. */
  readonly held: number;
}

export function seenBy({ log }: Pick<SshBox, 'log'>): SeenBySshd {
  const text = log();
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  let now = 0;
  let running = 0;
  for (const [line] of text.matchAll(
    /^Starting session: command|session_exit_message: session/gm,
  )) {
    now += line.startsWith('S') ? 1 : -1;
    running = Math.max(running, now);
  }
  // A number is new only when all others are taken.
  const numbers = [...text.matchAll(/session_new: session (\d+)/g)].map(([, id]) => Number(id));
  return {
    connections: count(/^Connection from /gm),
    logins: count(/^Accepted publickey/gm),
    sessions: count(/^Starting session: command/gm),
    running,
    held: Math.max(-1, ...numbers) + 1,
  };
}
