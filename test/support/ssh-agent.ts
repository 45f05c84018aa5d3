import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Started, startProgram } from './start-program.ts';

const run = promisify(execFile);

export interface SshAgent extends Started {
  readonly socket: string;
  add(keyFile: string): Promise<void>;
}

/** A real ssh-agent that holds nothing yet. */
export async function startSshAgent(): Promise<SshAgent> {
  const folder = await mkdtemp(join(tmpdir(), 'joelclaw-agent-'));
  const socket = join(folder, 'socket');
  const ready = /SSH_AUTH_SOCK=/;
  const started = await startProgram(['ssh-agent', '-D', '-a', socket], { ready, folder });
  const env = { ...process.env, SSH_AUTH_SOCK: socket };
  return {
    ...started,
    socket,
    add: async (keyFile) => void (await run('ssh-add', ['-q', keyFile], { env })),
  };
}
