import type { FaultCode } from './fault.ts';

/** What to do about a fault that does not say so itself. */
export const usualHint: Readonly<Record<FaultCode, string>> = {
  timeout: 'is it switched on, or hung? its log tells; its timeout gives it longer',
  refused: 'start it, or mend its address in the inventory',
  unreachable: 'is it switched on, and in a network that is reached from here?',
  dns: 'mend the name in the inventory, or look at this machine’s resolver',
  tls: 'look at the certificate and at this machine’s clock',
  auth: 'look at the credentials that are used for it',
  'host-key': 'compare the key with the one on that machine before it is trusted',
  protocol: 'is this its address, and well? its log tells more',
  'not-found': 'mend the name in the inventory',
  'tool-missing': 'install it, or take what needs it out of the inventory',
  forbidden: 'give this user the right to read it',
  aborted: 'give it longer with --timeout',
  stale: 'ask again',
};
