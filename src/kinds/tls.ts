import * as z from 'zod';
import { FaultError } from '../model/errors.ts';
import { type Fault, faultOf } from '../model/fault.ts';
import type { Verdict } from '../model/result.ts';
import { tlsFaultOf } from '../model/tls-fault.ts';
import type { TlsPeer } from '../transports/contract.ts';
import { defineKind, type Previous } from './contract.ts';

const dayMs = 86_400_000;

const spec = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(443),
  servername: z.string().min(1).optional(),
  warnDays: z.number().positive().default(14),
  clearDays: z.number().positive().default(21),
});

interface TlsFacts extends Omit<TlsPeer, 'trouble'> {
  /** Whole days until `validTo`. */
  readonly daysLeft: number;
}

/** A certificate that this machine accepts for the name, and that will not expire soon. */
export const tls = defineKind({
  kind: 'tls',
  summary: 'A certificate is accepted for its name and does not expire soon.',
  intervalMs: 3_600_000,
  spec,
  observe: async ({ host, port, servername = host }, { transports, options }) => {
    const { trouble, ...peer } = await transports.tls({ host, port, servername }, options);
    if (trouble !== null) throw new FaultError(troubleOf(trouble, { ...peer, servername }));
    const leftMs = Date.parse(peer.validTo) - transports.clock.now();
    return { ...peer, daysLeft: Math.floor(leftMs / dayMs) };
  },
  judge,
});

/** Raised at `warnDays`, cleared only above `clearDays`: a renewal clears it, a clock does not. */
function judge(
  { validTo, daysLeft, issuer }: TlsFacts,
  previous: Previous | null,
  { warnDays, clearDays }: z.output<typeof spec>,
): Verdict {
  const limit = previous?.state === 'degraded' ? Math.max(clearDays, warnDays) : warnDays;
  const day = validTo.slice(0, 10);
  if (daysLeft < limit) return { state: 'degraded', note: `the certificate expires on ${day}` };
  return { state: 'up', note: `valid until ${day}, by ${issuer}` };
}

/** It has no `tls.ca` of its own, as an http check has. */
const trustHere = 'add its authority to what this machine trusts: that is trusted here too';

/** The fault in the words that every TLS fault has, with what the certificate itself says. */
function troubleOf(
  trouble: string,
  peer: {
    readonly validTo: string;
    readonly names: readonly string[];
    readonly servername: string;
  },
): Fault {
  const known = tlsFaultOf(trouble);
  const isTrust = known?.hint?.includes('tls.ca') ?? false;
  const fault = known
    ? { ...known, ...(isTrust ? { hint: trustHere } : {}) }
    : faultOf('tls', `the certificate is not accepted (${trouble})`);
  const { message } = fault;
  if (trouble === 'CERT_HAS_EXPIRED') {
    return { ...fault, message: `${message} on ${peer.validTo.slice(0, 10)}` };
  }
  if (trouble !== 'ERR_TLS_CERT_ALTNAME_INVALID') return fault;
  const names = peer.names.join(', ') || 'nothing';
  return { ...fault, message: `${message}: it names ${names}, not ${peer.servername}` };
}
