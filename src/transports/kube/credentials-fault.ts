import type { User } from '@kubernetes/client-node';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import { plainText } from '../../model/plain-text.ts';

/**
 * Why the credentials of a context cannot be had: the program that gives them is missing or failed,
 * or a file is gone. What a program printed is not shown: it may be a secret.
 */
export function credentialsFault(error: unknown, context: string, user: User | null): FaultError {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const command: unknown = user?.exec?.command ?? user?.authProvider?.config?.exec?.command;
  const program = typeof command === 'string' ? plainText(command, 120) : null;
  if (program && syscall?.startsWith('spawn')) {
    const what = code === 'ENOENT' ? 'is not installed' : 'cannot be run';
    const hint = `context ${context} gets its credentials from it: install it, or give its whole path`;
    return new FaultError(faultOf('tool-missing', `${program} ${what}`, { hint }));
  }
  if (code === 'ENOENT' || code === 'EACCES') {
    const hint = `kubectl config view --context ${context} shows which files it names`;
    return new FaultError(
      faultOf('tool-missing', `a key or token file of context ${context} cannot be read`, { hint }),
    );
  }
  const hint = program ? `run ${program} by hand to see why` : 'log in to the cluster anew';
  const fault = faultOf('auth', `the credentials of context ${context} cannot be had`, { hint });
  return new FaultError(fault, { cause: error });
}
