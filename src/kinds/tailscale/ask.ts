import { FaultError } from '../../model/errors.ts';
import { type Fault, faultOf } from '../../model/fault.ts';
import type { ExecOutput } from '../../transports/contract.ts';
import type { ObserveContext } from '../contract.ts';

/**
 * Where the program may be, in turn. launchd's PATH holds neither Homebrew nor the app of the App
 * Store, whose own binary speaks to its own daemon.
 */
const programs = [
  'tailscale',
  '/Applications/Tailscale.app/Contents/MacOS/Tailscale',
  '/usr/local/bin/tailscale',
  '/opt/homebrew/bin/tailscale',
] as const;

/** About 3 kB a peer: enough for a tailnet of some thousands. */
const maxBytes = 8 * 1024 * 1024;

/** Whose daemon is asked, and how. */
type Asking = Pick<ObserveContext, 'host' | 'transports' | 'options'>;

/**
 * What `tailscale status --json` prints, and by which program. It may exit with 1 when stopped and
 * still print all.
 */
export async function askDaemon(
  context: Asking,
): Promise<{ readonly program: string; readonly stdout: string }> {
  const { program, output } = await runFirst(context);
  const { stdout } = output;
  if (stdout.trimStart().startsWith('{')) return { program, stdout };
  throw new FaultError(refusalOf(output));
}

async function runFirst({
  host,
  transports,
  options,
}: Asking): Promise<{ readonly program: string; readonly output: ExecOutput }> {
  for (const program of programs) {
    const argv = [program, 'status', '--json'] as const;
    const output = await orMissing(transports.exec({ on: host, argv, maxBytes }, options));
    if (output) return { program, output };
  }
  throw new FaultError(
    faultOf('tool-missing', 'tailscale is not installed here', {
      hint: 'install it, or write tailscale: {enabled: false}',
    }),
  );
}

/** Only a program that is not there, or cannot be started, lets the next one be tried. */
async function orMissing(run: Promise<ExecOutput>): Promise<ExecOutput | null> {
  return run.catch((error: unknown) => {
    if (!(error instanceof FaultError)) throw error;
    if (error.fault.code === 'tool-missing') return null;
    // A program of this machine that hangs or floods tells nothing of the tailnet.
    throw new FaultError({ ...error.fault, side: 'prober' }, { cause: error });
  });
}

/** What to do about an answer that is not understood. */
export const seeByHand = 'see what it prints, by hand: tailscale status --json';

/**
 * A daemon that does not run is `down`, not unknown: it is what this check looks at, and its client
 * has found it away. Whatever else the client says instead of JSON is not understood: unknown.
 */
function refusalOf({ exitCode, stdout, stderr }: ExecOutput): Fault {
  const words = `${stderr}\n${stdout}`;
  if (/access denied|permission denied|operation not permitted/i.test(words)) {
    return faultOf('forbidden', 'tailscaled does not answer this user', {
      hint: 'run joelclaw as a user for whom `tailscale status` works',
    });
  }
  if (/failed to connect to local tailscale|GUI failed to start/i.test(words)) {
    return faultOf('refused', 'tailscaled does not run', {
      hint: 'start it: the Tailscale app, or `sudo systemctl start tailscaled`',
    });
  }
  const said = words.trim().split('\n')[0] ?? '';
  const message = `tailscale status --json ended with ${exitCode} and no JSON`;
  return faultOf('protocol', said === '' ? message : `${message}: ${said}`, {
    side: 'prober',
    hint: seeByHand,
  });
}
