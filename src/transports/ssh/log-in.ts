import type { Duplex } from 'node:stream';
import type { AuthHandlerMiddleware, Client, ConnectConfig } from 'ssh2';
import { FaultError } from '../../model/errors.ts';
import type { Fault } from '../../model/fault.ts';
import type { Deadline } from '../deadline.ts';
import { type Login, loginOf } from './auth.ts';
import { handshakeFault, hungUpEarly } from './handshake-fault.ts';
import { hostKeyFault } from './host-key-fault.ts';
import { hostKeyAlgorithms, judgeHostKey, keyNamesOf } from './judge-host-key.ts';
import type { KnownHost } from './known-hosts.ts';
import type { Ssh2 } from './load-ssh2.ts';
import { filesThatKnow, type SshPlace } from './place.ts';
import { readKnownHosts } from './read-known-hosts.ts';
import { asksForBrowser, browserFault } from './tailscale-check.ts';

interface Hop {
  /** Connected already: ssh2's own sockets wait for more before they send. */
  readonly stream: Duplex;
  readonly deadline: Deadline;
}

/** Shakes hands and logs in over a stream. The host's key is verified, and never kept. */
export async function logIn(ssh2: Ssh2, place: SshPlace, hop: Hop): Promise<Client> {
  const [known, login] = await Promise.all([
    readKnownHosts(filesThatKnow(place)),
    loginOf(ssh2, place),
  ]);
  // It may have ended meanwhile, and would say so to nobody.
  if (hop.stream.destroyed) throw new FaultError(hungUpEarly);
  const refusal: Refusal = { fault: null };
  const client = new ssh2.Client();
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      const fault = tooMany(error) ? login.rejected([]) : refusal.fault;
      reject(new FaultError(fault ?? handshakeFault(error, place), { cause: error }));
    };
    client.on('error', (error: Error & { level?: string }) => {
      // An agent that fails to sign is one way less.
      if (error.level !== 'agent') fail(error);
    });
    client.once('close', () => fail(null));
    client.once('ready', () => resolve(client));
    client.on('banner', (text) => {
      if (asksForBrowser(text)) hop.deadline.late = () => browserFault(place);
    });
    client.connect({
      sock: hop.stream,
      username: place.user,
      readyTimeout: 0,
      keepaliveInterval: 0,
      authHandler: authHandler(login, refusal),
      ...hostKeySettings(place, known, refusal),
    });
  });
}

/** It hangs up after too many keys (RFC 4253 §11.1, reason 2 with these words in OpenSSH). */
function tooMany(error: unknown): boolean {
  return error instanceof Error && /^Too many authentication failures/.test(error.message);
}

/** What we refuse, or are refused, for a reason that ssh2 does not tell. */
interface Refusal {
  fault: Fault | null;
}

function hostKeySettings(
  { hostname, port, hostKeyAlias, ...rest }: SshPlace,
  known: readonly KnownHost[],
  refusal: Refusal,
): Pick<ConnectConfig, 'algorithms' | 'hostVerifier'> {
  const names = keyNamesOf(hostname, port, hostKeyAlias);
  const place = { hostname, port, hostKeyAlias, ...rest };
  return {
    algorithms: { serverHostKey: [...hostKeyAlgorithms(known, names)] },
    hostVerifier: (key: Buffer): boolean => {
      refusal.fault = hostKeyFault(judgeHostKey(known, names, key), place, key);
      return refusal.fault === null;
    },
  };
}

function authHandler(login: Login, refusal: Refusal): AuthHandlerMiddleware {
  const left = [...login.ways];
  return (takes: readonly string[] | null, isPartial, next) => {
    const way = takes && !takes.includes('publickey') ? undefined : left.shift();
    if (way) return next(way);
    refusal.fault = isPartial ? login.wantsMore : login.rejected(takes ?? []);
    // Typed for ways alone; false says that there are no more.
    next(false as never);
  };
}
