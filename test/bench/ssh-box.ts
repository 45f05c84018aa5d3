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

/** Connections that let us in, and the most sessions at once; the latter needs LogLevel DEBUG1. */
export function seenBy({ log }: SshBox): { readonly logins: number; readonly channels: number } {
  const text = log();
  const ids = [...text.matchAll(/channel (\d+): new session/g)].map(([, id]) => Number(id));
  // The lowest free number is given to each.
  return {
    logins: text.match(/Accepted publickey/g)?.length ?? 0,
    channels: ids.reduce((most, id) => Math.max(most, id + 1), 0),
  };
}
