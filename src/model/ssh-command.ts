import type { Host } from './inventory.ts';
import { shellWord } from './shell-word.ts';

/** A command as a person types it to run it on a host; `-t` where it may ask for something. */
export function onHost(
  command: string,
  host: Host | undefined,
  { terminal = false }: { readonly terminal?: boolean } = {},
): string {
  if (host?.access !== 'ssh') return command;
  const { ssh } = host;
  const asks = terminal ? ' -t' : '';
  const port = ssh && ssh.port !== 22 ? ` -p ${ssh.port}` : '';
  const key = ssh?.identityFile ? ` -i ${ssh.identityFile}` : '';
  const user = ssh?.user ? `${ssh.user}@` : '';
  return `ssh${asks}${port}${key} ${shellWord(`${user}${ssh?.host ?? host.name}`)} ${shellWord(command)}`;
}
