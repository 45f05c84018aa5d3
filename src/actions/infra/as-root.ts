import type { PlannedItem } from '../../model/infra.ts';
import type { Host } from '../../model/inventory.ts';
import { shellWord } from '../../model/shell-word.ts';
import { onHost } from '../../model/ssh-command.ts';

/**
 * What a person types, in the folder of the inventory, to put a file where only root may; null for what
 * is no file of the repo as it stands. The next plan finds it in place.
 */
export function asRoot({ item, write }: PlannedItem, host: Host | undefined): string | null {
  const { source, kind } = item;
  if (source === null || write === null || write.text === null || kind === 'env') return null;
  const name = source.slice(source.lastIndexOf('/') + 1);
  const install = (from: string): string =>
    ['sudo', 'install', '-m', write.mode, from, write.path].map(shellWord).join(' ');
  if (host?.access !== 'ssh') return install(source);
  const { ssh } = host;
  const port = ssh && ssh.port !== 22 ? ` -P ${ssh.port}` : '';
  const key = ssh?.identityFile ? ` -i ${ssh.identityFile}` : '';
  const to = shellWord(`${ssh?.user ? `${ssh.user}@` : ''}${ssh?.host ?? host.name}:${name}`);
  const copy = `scp${port}${key} ${shellWord(source)} ${to}`;
  return `${copy} && ${onHost(install(name), host, { terminal: true })}`;
}
