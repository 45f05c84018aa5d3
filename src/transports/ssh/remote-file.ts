import { FaultError } from '../../model/errors.ts';
import { type Fault, faultOf } from '../../model/fault.ts';
import type { ExecOutput } from '../contract.ts';
import { maxFileBytes } from '../files.ts';

/** Ends it for what is no file, so that a pipe or a device is never waited for. */
const noFile = 72;
const script = `case $1 in "~/"*) set -- "$HOME/\${1#??}";; esac
if [ -e "$1" ] && [ ! -f "$1" ]; then exit ${noFile}; fi
exec head -c ${maxFileBytes + 1} < "$1"`;

/** Prints a file of up to 1 MiB, and a byte more where it is larger; `~/` is the home there. */
export function readFileArgv(path: string): readonly [string, ...string[]] {
  return ['sh', '-c', script, 'sh', path];
}

/** The text, or what `sh` says in the C language is the matter. */
export function textOfFile(
  { exitCode, stdout, stderr, truncated }: ExecOutput,
  name: string,
): string {
  if (exitCode === 0 && !truncated) return stdout;
  throw new FaultError(fileFaultOf(exitCode, stderr, name));
}

function fileFaultOf(exitCode: number | null, stderr: string, name: string): Fault {
  const ours = { side: 'prober' } as const;
  if (exitCode === 0) {
    return faultOf('protocol', `${name} is larger than ${maxFileBytes / 1024} KiB`, ours);
  }
  if (exitCode === noFile) return faultOf('not-found', `${name} is not a file`, ours);
  if (/Permission denied|not permitted/i.test(stderr)) {
    return faultOf('forbidden', `${name} may not be read`, { hint: 'check its owner and mode' });
  }
  if (/no such file|not a directory/i.test(stderr)) {
    return faultOf('not-found', `${name} does not exist`, ours);
  }
  return faultOf('protocol', `${name} cannot be read`, ours);
}
