import { isIP } from 'node:net';
import {
  checkServerIdentity,
  connect,
  type DetailedPeerCertificate,
  type TLSSocket,
} from 'node:tls';
import { elapsedMs } from './clock.ts';
import { connected, targetOf } from './connect.ts';
import type { TlsPeer, TlsRequest, Transports } from './contract.ts';
import { withDeadline } from './deadline.ts';
import { connectionFault } from './fault-of-error.ts';
import type { Sockets } from './sockets.ts';

/** A chain longer than this is nobody's; the walk also ends where a certificate issued itself. */
const maxChain = 10;

/**
 * Agrees TLS with whatever certificate is shown, and says what is wrong with it instead of
 * refusing it: `trouble` is the first of chain, dates and name that is not accepted.
 */
export function createTls(sockets: Sockets): Transports['tls'] {
  return (request, options) => {
    const { host, port } = request;
    const target = targetOf(host, port);
    return sockets.withSlot(target, options.signal, () =>
      withDeadline(options, async (deadline) => {
        const startedMs = performance.now();
        const socket = shakeHands(request);
        try {
          await connected(socket, 'secureConnect', { sockets, deadline, host, port });
          return { latencyMs: elapsedMs(startedMs), ...peerOf(socket) };
        } catch (error) {
          throw connectionFault(error, target);
        } finally {
          socket.destroy();
        }
      }),
    );
  };
}

/** SNI may not be an address (RFC 6066 §3), so an address is only compared. */
function shakeHands({ host, port, servername }: TlsRequest): TLSSocket {
  return connect({
    host,
    port,
    ...(isIP(servername) === 0 ? { servername } : {}),
    rejectUnauthorized: false,
    checkServerIdentity: (_name, certificate) => checkServerIdentity(servername, certificate),
  });
}

function peerOf(socket: TLSSocket): Omit<TlsPeer, 'latencyMs'> {
  const certificate = socket.getPeerCertificate(true);
  const chain = chainOf(certificate);
  return {
    // Typed as an Error, it is OpenSSL's word.
    trouble: socket.authorized ? null : String(socket.authorizationError),
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: namesOf(certificate.subjectaltname ?? ''),
    validFrom: isoOf(certificate.valid_from),
    validTo: isoOf(certificate.valid_to),
    chain: chain.map(({ subject }) => nameOf(subject)),
  };
}

/** Leaf first. */
function chainOf(leaf: DetailedPeerCertificate): readonly DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  let next: DetailedPeerCertificate | undefined = leaf;
  while (next?.subject && chain.length < maxChain && !chain.includes(next)) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

/** The common name, or for want of one the organisation. */
function nameOf(name: DetailedPeerCertificate['subject'] | undefined): string {
  const wanted: string | readonly string[] | undefined = name?.CN ?? name?.O;
  return typeof wanted === 'string' ? wanted : (wanted?.[0] ?? '');
}

/** Node writes them as `DNS:a.example, IP Address:10.0.0.1`, quoting what holds a comma. */
function namesOf(subjectAltName: string): readonly string[] {
  const entries = subjectAltName.matchAll(/(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g);
  return [...entries].map(([, name = '']) => name);
}

/** From OpenSSL's "Jan  1 00:00:00 2030 GMT"; empty when there is none. */
function isoOf(text: string | undefined): string {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString();
}
