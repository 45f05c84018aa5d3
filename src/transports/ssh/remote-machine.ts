import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ExecOutput, Machine } from '../contract.ts';

export const machineArgv = ['sh', '-c', 'uname -s; id -u'] as const;

/** What it says of itself, or the fault that it is not what we know to ask. */
export function machineOf({ stdout }: ExecOutput, name: string): Machine {
  const [system = '', uid = ''] = stdout.split('\n');
  if (!/^\d+$/.test(uid)) {
    throw new FaultError(
      faultOf('protocol', `${name} does not say what it runs`, {
        side: 'prober',
        hint: 'does its shell print more than it is asked, or is it no POSIX system?',
      }),
    );
  }
  const systems = { Linux: 'linux', Darwin: 'darwin' } as const;
  return { system: systems[system as keyof typeof systems] ?? 'other', uid: Number(uid) };
}
