import { stat } from 'node:fs/promises';
import { shellWord } from '../../model/shell-word.ts';
import { type Context, sameNetwork } from '../context.ts';
import { pinnedKeysFile } from '../state-folder.ts';
import type { Finding, Ground } from './probe.ts';
import type { SshSettings } from './ssh-settings.ts';
import { thisHost } from './this-host.ts';

/** Whether a known_hosts file has a key for the host: one that is not there is never accepted. */
export async function knownFinding(
  host: string,
  settings: SshSettings,
  ground: Ground,
): Promise<Finding> {
  const { names, knownHosts } = settings;
  for (const file of [pinnedKeysFile(ground.context), ...knownHosts]) {
    // ssh-keygen says the same of a file that is not there and of one without the name.
    if (!(await stat(file).catch(() => null))) continue;
    for (const name of names) {
      const argv = ['ssh-keygen', '-F', name, '-f', file] as const;
      const { stdout } = await ground.transports.exec({ on: thisHost, argv }, ground.options);
      if (/^[^#\s]/m.test(stdout))
        return { state: 'ok', note: `one is listed in ${file}; the login compares it` };
    }
  }
  const note = `no known_hosts file has a key of ${names[0]}`;
  return { state: 'missing', note, fix: pinFix(settings, host, ground.context) };
}

/** The key that the host shows is held against the machine's own word, and that very key is kept. */
function pinFix(
  { hostname, port, jump, user }: SshSettings,
  host: string,
  context: Context,
): string {
  const own = 'on that machine: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub';
  if (jump !== null) {
    const target = `${user === null ? '' : `${user}@`}${hostname}`;
    return `${own}\nhere: ssh -J ${shellWord(jump)} -p ${port} ${shellWord(target)}, and say yes if it shows the same fingerprint`;
  }
  return `joelclaw audit trust ${shellWord(host)}${sameNetwork(context)} shows its fingerprints, and pins the one that is right\n${own}`;
}
