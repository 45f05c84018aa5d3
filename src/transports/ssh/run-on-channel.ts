import type { Client, ClientChannel } from 'ssh2';
import { FaultError } from '../../model/errors.ts';
import { connectionLost, type Fault, faultOf } from '../../model/fault.ts';
import { collect, defaultMaxBytes } from '../collect.ts';
import type { ExecOutput, ExecRequest } from '../contract.ts';
import type { Deadline } from '../deadline.ts';
import { floodFault } from '../flood.ts';
import { programIn } from '../program-in.ts';
import { endingOf, tellingPid, withoutPid } from './told-pid.ts';

interface Carrier {
  readonly client: Client;
  isOpen(): boolean;
  /** Told the command that ends over there what is late, with all that it has started. */
  onLate(ending: string): void;
}

/**
 * Runs one program on a channel of its own. Past the cap it is ended over there; where the head alone
 * is wanted, the rest is read and dropped.
 */
export function runOnChannel(
  { client, isOpen, onLate }: Carrier,
  { argv, input = '', maxBytes = defaultMaxBytes, headOnly = false, heard }: ExecRequest,
  deadline: Deadline,
): Promise<ExecOutput> {
  const faultOr = (fault: Fault): FaultError => new FaultError(isOpen() ? fault : connectionLost);
  return new Promise((resolve, reject) => {
    const onChannel = (error: Error | undefined, channel: ClientChannel): void => {
      if (error) return void reject(faultOr(noSession));
      if (deadline.signal.aborted) return void endNow(channel);
      const endBoth = (): void => {
        endNow(channel);
        const ending = endingOf(err.text());
        if (ending !== null) onLate(ending);
      };
      const onFlood = (): void => {
        if (headOnly) return;
        endBoth();
        reject(new FaultError(floodFault(programIn(argv), maxBytes)));
      };
      const out = collect(channel, maxBytes, onFlood, heard);
      const err = collect(channel.stderr, maxBytes, onFlood);
      deadline.signal.addEventListener('abort', endBoth, { once: true });
      let ended: Pick<ExecOutput, 'exitCode' | 'signal'> | null = null;
      channel.on('exit', (exitCode: number | null, signal?: string) => {
        ended = { exitCode, signal: signal ?? null };
      });
      void Promise.all([closed(channel), closed(channel.stderr)]).then(() => {
        if (!ended) return reject(faultOr(noExit));
        const truncated = out.truncated() || err.truncated();
        resolve({ ...ended, stdout: out.text(), stderr: withoutPid(err.text()), truncated });
      });
      channel.end(input);
    };
    try {
      client.exec(tellingPid(argv), onChannel);
    } catch {
      // ssh2 throws only where its socket has ended and has not told yet.
      reject(new FaultError(connectionLost));
    }
  });
}

const noSession = faultOf('protocol', 'it opens no session for a program', {
  hint: 'see MaxSessions and ForceCommand in its sshd_config',
});
const noExit = faultOf('protocol', 'it ended the session and did not say how the program ended');

function closed(stream: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => void stream.once('close', () => resolve()));
}

/**
 * Ends the program and its channel. ssh2 sends no signal once the input has ended, though sshd
 * takes one until the program has: so it is told that the channel is as open as it was.
 */
function endNow(channel: ClientChannel): void {
  const asOpen = Object.create(channel, {
    writable: { value: true },
    outgoing: { value: { ...(channel as ClientChannel & Outgoing).outgoing, state: 'open' } },
  }) as ClientChannel;
  channel.signal.call(asOpen, 'KILL');
  channel.close();
}

interface Outgoing {
  readonly outgoing: { readonly id: number; readonly state: string };
}
