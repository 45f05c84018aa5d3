import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ExecOutput } from '../contract.ts';

/** A program that could not be started: 127 and 126 are then env's own, with its words. */
export function assertStarted(output: ExecOutput, program: string, on: string): void {
  const { exitCode, stdout, stderr } = output;
  const [line = ''] = stderr.split('\n', 1);
  const isOfEnv = stdout === '' && line.startsWith('env: ') && line.slice(5).includes(program);
  if (!isOfEnv || (exitCode !== 127 && exitCode !== 126)) return;
  const missing = exitCode === 127;
  throw new FaultError(
    faultOf(
      'tool-missing',
      `${program} ${missing ? 'is not installed' : 'may not be run'} on ${on}`,
      {
        hint: missing ? `install ${program} there, or name it by its whole path` : 'check its mode',
      },
    ),
  );
}
