import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ExecOutput } from '../../transports/contract.ts';
import type { ObserveContext } from '../contract.ts';
import { parseSections, type Sections } from './sections.ts';

/** Far more than the longest honest answer. */
const maxBytes = 1024 * 1024;

/** Between a second and ten, so that the script ends before its own deadline and says who hung. */
function guardSeconds(timeoutMs: number): number {
  return Math.min(Math.max(Math.floor(timeoutMs / 1000) - 2, 1), 10);
}

/** A script and its positional parameters, after the seconds that it may wait for what hangs. */
export interface Script {
  readonly text: string;
  readonly parameters: readonly string[];
}

/** Runs a script that begins with the prelude on the check's host, in one exchange. */
export async function runScript(
  { text, parameters }: Script,
  { host, transports, options }: ObserveContext,
): Promise<Sections> {
  const seconds = String(guardSeconds(options.timeoutMs));
  const output = await transports.exec(
    { on: host, argv: ['/bin/sh', '-s', '--', seconds, ...parameters], input: text, maxBytes },
    options,
  );
  assertRan(output);
  return parseSections(output.stdout);
}

/** A shell that is not there is no trouble of the machine: we could not look. */
function assertRan({ exitCode, signal, stderr }: ExecOutput): void {
  if (exitCode === 0) return;
  const last = stderr.trim().split('\n').at(-1) ?? '';
  const words = last === '' ? '' : `: ${last.slice(0, 200)}`;
  const code = exitCode === 126 || exitCode === 127 ? 'tool-missing' : 'protocol';
  throw new FaultError(
    faultOf(code, `/bin/sh ended with ${signal ?? exitCode}${words}`, {
      hint: 'joelclaw looks into a machine by a POSIX shell: see what `ssh HOST /bin/sh` says',
    }),
  );
}
