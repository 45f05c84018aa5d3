import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import { FaultError } from '../../model/errors.ts';
import { connectionReset, type Fault, faultOf } from '../../model/fault.ts';
import { connected, targetOf } from '../connect.ts';
import type { Deadline } from '../deadline.ts';
import { connectionFault } from '../fault-of-error.ts';
import type { Sockets } from '../sockets.ts';
import type { OpenLine } from './line.ts';
import { loadSsh2, type Ssh2 } from './load-ssh2.ts';
import { logIn } from './log-in.ts';
import { asJumps, nameOf, type SshPlace } from './place.ts';
import { ssh2Line } from './ssh2-line.ts';

/** Opens lines with ssh2, by way of the place's jump hosts. */
export function createSsh2Opener(sockets: Sockets): OpenLine {
  return async (place, deadline) => {
    const ssh2 = await loadSsh2();
    const [first = place, ...further] = [...place.jumps, place];
    const socket = connect({ host: first.hostname, port: first.port, noDelay: true });
    // Its errors after the connection was made come again as a close.
    socket.on('error', () => {});
    const clients: Client[] = [];
    const giveUp = (): void => void socket.destroy();
    deadline.signal.addEventListener('abort', giveUp, { once: true });
    try {
      await onHop(first, place, deadline, async (hop) => {
        await reach(socket, first, { sockets, deadline: hop });
        clients.push(await logIn(ssh2, first, { stream: socket, deadline: hop }));
      });
      for (const next of further) {
        clients.push(await throughJump(ssh2, { clients, next, place, deadline }));
      }
      return ssh2Line(socket, clients);
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      deadline.signal.removeEventListener('abort', giveUp);
    }
  };
}

async function reach(
  socket: ReturnType<typeof connect>,
  { hostname: host, port, unasked }: SshPlace,
  more: { readonly sockets: Sockets; readonly deadline: Deadline },
): Promise<void> {
  try {
    await connected(socket, 'connect', { ...more, host, port });
  } catch (error) {
    const known = connectionFault(error, targetOf(host, port));
    if (unasked && known instanceof FaultError && known.fault.code === 'dns') {
      throw new FaultError(noAlias(host), { cause: error });
    }
    throw known;
  }
}

/** What is in no DNS may still stand in ssh_config, which only ssh itself reads. */
function noAlias(alias: string): Fault {
  return faultOf('tool-missing', `no address for ${alias}: there is no ssh to read its settings`, {
    hint: 'install openssh-client, or write the address itself',
  });
}

interface Way {
  readonly clients: readonly Client[];
  readonly next: SshPlace;
  readonly place: SshPlace;
  readonly deadline: Deadline;
}

async function throughJump(ssh2: Ssh2, { clients, next, place, deadline }: Way): Promise<Client> {
  const jump = clients.at(-1);
  if (!jump) throw new Error('no jump host to go through');
  const before = place.jumps[clients.length - 1] ?? place;
  return onHop(next, place, deadline, async (hop) => {
    const stream = await forwarded(jump, before, next);
    return logIn(ssh2, next, { stream, deadline: hop });
  });
}

function forwarded(jump: Client, before: SshPlace, next: SshPlace): Promise<Duplex> {
  const { hostname, port } = next;
  return new Promise((resolve, reject) => {
    const onStream = (error: Error | undefined, stream: Duplex): void => {
      if (!error) {
        resolve(stream);
        return;
      }
      const reason = 'reason' in error ? error.reason : null;
      reject(new FaultError(forwardFault(reason, nameOf(before), targetOf(hostname, port))));
    };
    try {
      jump.forwardOut('127.0.0.1', 0, hostname, port, onStream);
    } catch {
      // ssh2 throws only where its socket has ended and has not told yet.
      reject(new FaultError(asJumps(connectionReset, [before])));
    }
  });
}

/** The reasons of RFC 4254 §5.1: 1 is a matter of policy, 2 a connection that failed. */
function forwardFault(reason: unknown, jump: string, target: string): Fault {
  if (reason === 2) {
    return faultOf('refused', `the jump host ${jump} gets no connection to ${target}`, {
      hint: 'is it running, and on this port?',
    });
  }
  return faultOf('forbidden', `the jump host ${jump} does not pass connections on`, {
    hint: 'see AllowTcpForwarding and PermitOpen in its sshd_config',
  });
}

/** Works on one hop; where that is a jump host, its trouble says so and is nothing of the target. */
async function onHop<T>(
  hop: SshPlace,
  place: SshPlace,
  deadline: Deadline,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const asHops = (fault: Fault): Fault => (hop === place ? fault : asJumps(fault, [hop]));
  const own: Deadline = { signal: deadline.signal, late: deadline.late };
  deadline.late = (span) => asHops(own.late(span));
  try {
    return await work(own);
  } catch (error) {
    if (error instanceof FaultError) throw new FaultError(asHops(error.fault), { cause: error });
    throw error;
  }
}
