import { X509Certificate } from 'node:crypto';
import type { RequestOptions } from 'node:https';
import type { PreparedRequest } from '../http-request.ts';

/** The day (2026-02-16) on which the client certificate of a request expired; null if it did not. */
export function clientExpiredOn({ options }: PreparedRequest): string | null {
  const { cert } = options as RequestOptions;
  if (typeof cert !== 'string' && !Buffer.isBuffer(cert)) return null;
  return expiredOn(validToOf(cert));
}

/** The day of a date that lies behind us. */
export function expiredOn(validTo: string): string | null {
  const ms = Date.parse(validTo);
  return Number.isNaN(ms) || ms > Date.now() ? null : new Date(ms).toISOString().slice(0, 10);
}

/** Empty for what is no certificate. */
function validToOf(pem: string | Buffer): string {
  try {
    return new X509Certificate(pem).validTo;
  } catch {
    return '';
  }
}
