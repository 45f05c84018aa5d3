import { stat } from 'node:fs/promises';
import { shellWord } from '../../model/shell-word.ts';
import type { Finding, Ground } from './probe.ts';
import type { Agent } from './ssh-agent.ts';
import type { SshSettings } from './ssh-settings.ts';
import { thisHost } from './this-host.ts';

/** A private key's file; what of it could not be told without its passphrase is `encrypted`. */
export interface KeyFile {
  readonly path: string;
  readonly mode: number;
  readonly encrypted: boolean;
  readonly fingerprint: string | null;
}

/** Those of the files that are there. ssh-keygen tells; what a key holds is never read here. */
export async function lookAtKeys(
  paths: readonly string[],
  ground: Ground,
): Promise<readonly KeyFile[]> {
  const looked = await Promise.all(paths.map((path) => lookAtKey(path, ground)));
  return looked.filter((one) => one !== null);
}

async function lookAtKey(path: string, ground: Ground): Promise<KeyFile | null> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return null;
  const run = (...args: readonly string[]) => {
    const argv = ['ssh-keygen', ...args, '-f', path] as const;
    return ground.transports.exec({ on: thisHost, argv }, ground.options);
  };
  // With an empty passphrase, so that nobody is asked for one.
  const [opened, listed] = await Promise.all([run('-y', '-P', ''), run('-l')]);
  const encrypted = opened.exitCode !== 0 && /passphrase/i.test(opened.stderr);
  const fingerprint = /\bSHA256:\S+/.exec(listed.stdout)?.[0] ?? null;
  return { path, mode: found.mode & 0o777, encrypted, fingerprint };
}

/** Whether some key can be shown to the host. */
export function keysFinding(
  { keys: wanted, declared, user, hostname, port }: SshSettings,
  found: readonly KeyFile[],
  agent: Agent,
): Finding {
  const held = agent.is === 'there' ? agent.keys : [];
  if (declared && found.length === 0) {
    const [path = ''] = wanted;
    const fix = `mend hosts[].ssh.identityFile, or make one: ssh-keygen -t ed25519 -f ${shellWord(path)}`;
    return { state: 'missing', note: `${path} does not exist`, fix };
  }
  const open = found.find(({ mode }) => (mode & 0o077) !== 0);
  if (open) {
    const note = `${open.path} is ${octal(open.mode)}: ssh does not take a key that others may read`;
    return { state: 'warning', note, fix: `chmod 600 ${shellWord(open.path)}` };
  }
  const usable = found.find(
    ({ encrypted, fingerprint }) => !encrypted || isHeld(fingerprint, held),
  );
  if (usable) return { state: 'ok', note: `${usable.path}, ${octal(usable.mode)}` };
  if (held.length > 0 && !declared) return { state: 'ok', note: 'those that the agent holds' };
  const [locked] = found;
  if (locked) {
    const note = `${locked.path} has a passphrase and no agent holds it: nobody is asked for it`;
    return { state: 'warning', note, fix: addFix(locked.path, agent) };
  }
  const target = `${port === 22 ? '' : `-p ${port} `}${user === null ? '' : `${user}@`}${hostname}`;
  const fix = `ssh-keygen -t ed25519\nssh-copy-id ${target}`;
  return { state: 'missing', note: 'no key file, and no agent with one', fix };
}

function isHeld(fingerprint: string | null, held: readonly string[]): boolean {
  return fingerprint !== null && held.includes(fingerprint);
}

function addFix(path: string, agent: Agent): string {
  const add = `ssh-add ${shellWord(path)}`;
  return agent.is === 'there' ? add : `eval "$(ssh-agent)"\n${add}`;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
