import { readFile } from 'node:fs/promises';
import type { AnyAuthMethod, BaseAgent, ParsedKey } from 'ssh2';
import { type Fault, faultOf } from '../../model/fault.ts';
import { agentOf } from './agent.ts';
import type { Ssh2 } from './load-ssh2.ts';
import { commandFor, nameOf, type SshPlace } from './place.ts';

/** The ways to log in, one after another, and in words what has come of them. */
export interface Login {
  readonly ways: readonly AnyAuthMethod[];
  /** Why no way was accepted; `takes` are the methods that the server takes. */
  rejected(takes: readonly string[]): Fault;
  readonly wantsMore: Fault;
}

/** `none` (Tailscale's ssh asks for nothing else), the agent's keys, then the key files. */
export async function loginOf(ssh2: Ssh2, place: SshPlace): Promise<Login> {
  const username = place.user;
  const tried: string[] = [];
  const files = await Promise.all(place.identity.files.map((file) => keyIn(ssh2, file)));
  for (const { words } of files) if (words !== null) tried.push(words);
  const agent = place.agent === null ? null : await agentOf(ssh2, place, tried);
  const ways: AnyAuthMethod[] = [
    { type: 'none', username },
    ...(agent ? [{ type: 'agent' as const, username, agent: agent as BaseAgent }] : []),
    ...files.flatMap(({ key }) => (key ? [{ type: 'publickey' as const, username, key }] : [])),
  ];
  const wantsMore = faultOf('auth', `${nameOf(place)} wants a second proof besides our key`, {
    hint: 'allow publickey alone for this user: AuthenticationMethods in its sshd_config',
  });
  return { ways, rejected: (takes) => rejectedFault(place, takes, tried), wantsMore };
}

interface FoundKey {
  readonly key: ParsedKey | null;
  /** Null for a file that is not there. */
  readonly words: string | null;
}

/** No passphrase is ever asked for: an encrypted key is left to the agent. */
async function keyIn({ utils }: Ssh2, file: string): Promise<FoundKey> {
  const text = await readFile(file).catch((error: NodeJS.ErrnoException) => error.code ?? '');
  if (typeof text === 'string') {
    const isMissing = text === 'ENOENT' || text === 'ENOTDIR';
    return { key: null, words: isMissing ? null : `${file} (may not be read)` };
  }
  const key = utils.parseKey(text);
  if (!(key instanceof Error)) {
    return key.isPrivateKey()
      ? { key, words: file }
      : { key: null, words: `${file} (a public key)` };
  }
  const isEncrypted = /passphrase/i.test(key.message);
  return { key: null, words: `${file} (${isEncrypted ? 'encrypted' : 'not understood'})` };
}

function rejectedFault(place: SshPlace, takes: readonly string[], tried: readonly string[]): Fault {
  const keys = tried.length > 0 ? `tried ${tried.join(', ')}` : 'no key was found to try';
  const noKeys = takes.length > 0 && !takes.includes('publickey');
  const why = noKeys ? `it takes only ${takes.map(plainWord).join(', ')}` : keys;
  const encrypted = tried.some((words) => words.endsWith('(encrypted)'));
  return faultOf('auth', `${nameOf(place)} does not let us in: ${why}`, {
    hint: `try: ${commandFor(place)}${encrypted ? ' (an encrypted key is used by way of ssh-agent: ssh-add)' : ''}`,
  });
}

/** The server's word: never more than a name. */
function plainWord(text: string): string {
  return text.replaceAll(/[^\w@.-]/g, '').slice(0, 40);
}
