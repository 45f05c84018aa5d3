import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  adaptFault,
  adaptWarnings,
  listenersOf,
  validateFault,
  writesLogs,
} from '../../kinds/file/lint/lint-caddyfile.ts';
import { shellOf, syntaxFault } from '../../kinds/file/lint/lint-script.ts';
import { FaultError } from '../../model/errors.ts';
import type { Json } from '../../model/json.ts';
import { type TextFault, warningAt, wholeText } from '../../model/text-fault.ts';
import type { CallOptions, ExecOutput, Transports } from '../../transports/contract.ts';
import { thisHost } from '../doctor/this-host.ts';

/** How programs of this machine are asked. */
interface Running {
  readonly transports: Transports;
  readonly options: CallOptions;
}

/** The syntax of a script, by the shell that it names; nothing of it is run. */
export async function shellFaults(
  path: string,
  text: string,
  asking: Running,
): Promise<readonly TextFault[]> {
  const shell = shellOf(text);
  if (shell === null) return [];
  const ended = await run([shell, '-n', path], asking);
  if ('isWarning' in ended) return [ended];
  return ended.exitCode === 0 ? [] : [syntaxFault(ended.stderr, path)];
}

/** What Caddy says of a Caddyfile, and the ports that it would listen at. */
export interface CaddyAnswer {
  readonly faults: readonly TextFault[];
  readonly ports: readonly number[];
}

/** A Caddyfile by Caddy itself, where it is on this machine. It is not started, and listens nowhere. */
export async function askCaddy(path: string, asking: Running): Promise<CaddyAnswer> {
  const data = await mkdtemp(join(tmpdir(), 'joelclaw-caddy-')).catch(() => null);
  if (data === null) return { faults: [noRoom], ports: [] };
  // What it makes to try its modules, a certificate authority among them, is thrown away.
  const places = [`XDG_DATA_HOME=${data}`, `XDG_CONFIG_HOME=${data}`];
  const caddy = (verb: string): Promise<ExecOutput | TextFault> =>
    run(['env', ...places, 'caddy', verb, '--config', path, '--adapter', 'caddyfile'], asking);
  try {
    const adapted = await caddy('adapt');
    if ('isWarning' in adapted) return { faults: [adapted], ports: [] };
    if (adapted.exitCode === 127) return { faults: [notHere('caddy')], ports: [] };
    if (adapted.exitCode !== 0) return { faults: [adaptFault(adapted.stderr)], ports: [] };
    const config = JSON.parse(adapted.stdout) as Json;
    const ports = listenersOf(config);
    const warnings = adaptWarnings(adapted.stderr);
    if (writesLogs(config)) {
      const message = 'checked by its syntax alone: to try more would open the logs that it names';
      return {
        faults: [...warnings, warningAt(wholeText, message, 'caddy validate, on its host')],
        ports,
      };
    }
    const valid = await caddy('validate');
    if ('isWarning' in valid) return { faults: [...warnings, valid], ports };
    const faults = valid.exitCode === 0 ? [] : [validateFault(valid.stderr)];
    return { faults: [...warnings, ...faults], ports };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function run(
  argv: readonly [string, ...string[]],
  { transports, options }: Running,
): Promise<ExecOutput | TextFault> {
  try {
    return await transports.exec({ on: thisHost, argv }, options);
  } catch (error) {
    if (!(error instanceof FaultError) || options.signal.aborted) throw error;
    if (error.fault.code === 'tool-missing') return notHere(argv[0]);
    const message = `could not be checked: ${error.fault.message}`;
    return warningAt(wholeText, message, 'try again, with a longer --timeout');
  }
}

const noRoom = warningAt(
  wholeText,
  'could not be checked: there is no temporary folder to try it in',
  'set TMPDIR to one',
);
function notHere(program: string): TextFault {
  const message = `could not be checked whole: there is no ${program} on this machine`;
  return warningAt(wholeText, message, `install ${program}, or check it on its host`);
}
