import type { RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { FaultError } from '../../model/errors.ts';
import { type Fault, type FaultCode, faultOf, isHangUp } from '../../model/fault.ts';
import type { CallOptions, Transports } from '../contract.ts';
import { connectionFault } from '../fault-of-error.ts';
import type { Asked } from './asked.ts';
import { clientExpiredOn, expiredOn } from './client-certificate.ts';
import { tlsTroubleOf } from './tls-trouble.ts';

/** Looks at the server's certificate again, without trust: Node does not say when it expired. */
export interface Peek extends CallOptions {
  readonly tls: Transports['tls'];
}

/** What trouble with the line to an API server means, from Node's error. */
export async function connectionTrouble(error: unknown, asked: Asked, peek: Peek): Promise<Error> {
  const plain = connectionFault(error, asked.access.target);
  if (!(plain instanceof FaultError) || plain === error) return plain;
  const fault = await meaningOf(error as Error, plain.fault, { ...asked, peek });
  return new FaultError(fault, { cause: error });
}

async function meaningOf(
  error: Error,
  plain: Fault,
  asked: Asked & { readonly peek: Peek },
): Promise<Fault> {
  const { context, kubeconfig } = asked.access;
  const server = `the server of context ${context} in ${kubeconfig}`;
  if (plain.code === 'refused') {
    const hint = `is the cluster up? its port may have been remapped: compare docker port with ${server}`;
    return { ...plain, hint };
  }
  if (plain.code === 'timeout') {
    return { ...plain, hint: plain.hint ?? `is the cluster up? compare ${server}` };
  }
  if (plain.code !== 'tls' && !isHangUp(plain)) return plain;
  const word = 'code' in error ? String(error.code) : '';
  if (word === 'CERT_HAS_EXPIRED') {
    return troubled('tls', await expiredServer(asked), 'renew it, and look at the clocks');
  }
  // A server that refuses a client certificate may say so, or just hang up.
  const day = clientExpiredOn(asked.prepared);
  if (day !== null) {
    const hint = `write the credentials of context ${context} in ${kubeconfig} anew`;
    return troubled('tls', `the client certificate expired on ${day}`, hint);
  }
  return plain.code === 'tls' ? (tlsTroubleOf(word, error.message, asked.access) ?? plain) : plain;
}

/** Since when, if it is the server's own certificate and not one of its authorities'. */
async function expiredServer({ prepared, peek }: Asked & { readonly peek: Peek }): Promise<string> {
  const { host, port, servername } = prepared.options as RequestOptions;
  const name = servername ?? host ?? '';
  const request = { host: String(host), port: Number(port), servername: isIP(name) ? '' : name };
  const seen = await peek.tls(request, peek).catch(() => null);
  const day = seen && expiredOn(seen.validTo);
  return day
    ? `the API server's certificate expired on ${day}`
    : "a certificate of the API server's chain has expired";
}

function troubled(code: FaultCode, message: string, hint: string): Fault {
  return faultOf(code, message, { side: 'prober', hint });
}
