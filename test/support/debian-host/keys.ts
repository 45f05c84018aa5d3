import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

/** A key that lets in, and the host's own as the end of a known_hosts line. */
export interface Keys {
  readonly keyFile: string;
  readonly hostKey: string;
}

/** Makes `user_key` and `host_key` in a folder. */
export async function makeKeys(folder: string): Promise<Keys> {
  const [keyFile, hostFile] = [join(folder, 'user_key'), join(folder, 'host_key')];
  for (const file of [keyFile, hostFile]) {
    await run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', file);
  }
  const hostKey = (await readFile(`${hostFile}.pub`, 'utf8')).split(' ').slice(0, 2).join(' ');
  return { keyFile, hostKey };
}
