import { access } from 'node:fs/promises';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { SshPlace } from './place.ts';

/** A key that the inventory names must be there: a slip in its name is no rejection by the host. */
export async function assertKeyFile({ identity: { declared, files } }: SshPlace): Promise<void> {
  const [file] = files;
  if (!declared || file === undefined || (await exists(file))) return;
  throw new FaultError(
    faultOf('tool-missing', `the key file ${file} does not exist`, {
      hint: 'set hosts[].ssh.identityFile to a key that does, or leave it out',
    }),
  );
}

/** Its public half alone will do: the agent may hold the other one. */
async function exists(file: string): Promise<boolean> {
  const found = await Promise.allSettled([access(file), access(`${file}.pub`)]);
  return found.some(({ status }) => status === 'fulfilled');
}
