import { FaultError } from '../../model/errors.ts';
import { type Fault, faultOf } from '../../model/fault.ts';
import { targetOf } from '../connect.ts';
import { connectionFault } from '../fault-of-error.ts';
import type { SshPlace } from './place.ts';

/**
 * What an error of ssh2 before the login means; null is an end without one. Its words are matched
 * and never copied: some hold text of the other side.
 */
export function handshakeFault(error: unknown, { hostname, port }: SshPlace): Fault {
  const target = targetOf(hostname, port);
  if (!(error instanceof Error)) return hungUpInLogin;
  if ('code' in error && typeof error.code === 'string') {
    const translated = connectionFault(error, target);
    if (translated instanceof FaultError) return translated.fault;
  }
  return faultOfWords(error.message);
}

/** It greeted, and ended the connection before anybody was in. */
export const hungUpInLogin: Fault = faultOf('protocol', 'it hung up before the login was done', {
  hint: 'its own log tells why',
});

/** It took the connection and said nothing. */
export const hungUpEarly: Fault = faultOf('protocol', 'it hung up before it greeted', {
  hint: 'does its sshd turn away too many connections (MaxStartups), or fail2ban us?',
});

const notSsh = /identification|greeting|header|expected newline/i;
const noCommon = /no matching/i;

function faultOfWords(words: string): Fault {
  if (/lost before handshake/.test(words)) return hungUpEarly;
  if (notSsh.test(words)) return faultOf('protocol', 'answered something that is not SSH');
  if (noCommon.test(words)) {
    return faultOf('protocol', 'it offers no algorithm that ssh2 has', {
      side: 'prober',
      hint: 'set `client: openssh` for this host',
    });
  }
  return faultOf('protocol', 'the SSH handshake failed', {
    hint: 'see what the system’s ssh says: ssh -v',
  });
}
