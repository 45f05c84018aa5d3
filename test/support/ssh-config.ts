import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathOf } from './tiers.ts';

/** Keeps a test from what whoever runs it has in ~/.ssh and in the agent. */
export interface SshConfig {
  /** Replaces what ssh_config says; the defaults stay behind it. */
  write(...lines: readonly string[]): Promise<void>;
  restore(): Promise<void>;
}

const nothingElse = [
  'Host *',
  '  IdentityFile /nonexistent/key',
  '  UserKnownHostsFile none',
  '  GlobalKnownHostsFile none',
];

/** Until it is restored, `ssh` is the system's with a configuration of its own, and no agent. */
export async function ownSshConfig(): Promise<SshConfig> {
  const folder = await mkdtemp(join(tmpdir(), 'joelclaw-ssh-'));
  const { PATH = '', SSH_AUTH_SOCK } = process.env;
  const config = join(folder, 'config');
  const script = `#!/bin/sh\nexec '${pathOf('ssh')}' -F '${config}' "$@"\n`;
  await writeFile(join(folder, 'ssh'), script);
  await chmod(join(folder, 'ssh'), 0o755);
  const write: SshConfig['write'] = (...lines) =>
    writeFile(config, [...lines, ...nothingElse, ''].join('\n'));
  await write();
  process.env['PATH'] = `${folder}${delimiter}${PATH}`;
  delete process.env['SSH_AUTH_SOCK'];
  return {
    write,
    restore: async () => {
      process.env['PATH'] = PATH;
      if (SSH_AUTH_SOCK !== undefined) process.env['SSH_AUTH_SOCK'] = SSH_AUTH_SOCK;
      await rm(folder, { recursive: true });
    },
  };
}
