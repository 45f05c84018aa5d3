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
  const jump = ssh?.proxyJump ? ` -J ${shellWord(ssh.proxyJump)}` : '';
  const user = ssh?.user ? `${ssh.user}@` : '';
  return `ssh${asks}${port}${key}${jump}${knownHostsOf(ssh)} ${shellWord(`${user}${ssh?.host ?? host.name}`)} ${shellWord(command)}`;
}

/** Where ssh looks for keys of hosts unless told. */
const usualKnownHosts = '~/.ssh/known_hosts';

function knownHostsOf(ssh: Host['ssh']): string {
  const files = (ssh?.knownHosts ?? []).join(' ');
  if (files === '' || files === usualKnownHosts) return '';
  return ` -o ${shellWord(`UserKnownHostsFile=${files}`)}`;
}
