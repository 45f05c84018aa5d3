import type { Ground } from './probe.ts';
import { thisHost } from './this-host.ts';

/** What an agent answers; `keys` are fingerprints. */
export type Agent =
  | { readonly is: 'none' }
  | { readonly is: 'silent'; readonly socket: string }
  | { readonly is: 'there'; readonly socket: string; readonly keys: readonly string[] };

/** Asks for the list of its keys: 0 some, 1 none, 2 no agent there (ssh-add(1), EXIT STATUS). */
export async function askAgent(socket: string | null, ground: Ground): Promise<Agent> {
  if (socket === null) return { is: 'none' };
  const argv = ['env', `SSH_AUTH_SOCK=${socket}`, 'ssh-add', '-l'] as const;
  const { exitCode, stdout } = await ground.transports.exec({ on: thisHost, argv }, ground.options);
  if (exitCode !== 0 && exitCode !== 1) return { is: 'silent', socket };
  return { is: 'there', socket, keys: stdout.match(/\b(SHA256|MD5):\S+/g) ?? [] };
}
