import { connectionReset, type Fault, faultOf } from '../../model/fault.ts';
import { targetOf } from '../connect.ts';
import { noResolver, noRouteFromHere, noRouteTo, noSuchName } from '../fault-of-error.ts';
import { hungUpEarly, hungUpInLogin } from './handshake-fault.ts';
import { commandFor, nameOf, type SshPlace, trustStep } from './place.ts';

/**
 * What the system's ssh means by its words (OpenSSH 8 and 9, in the C language); null for words that
 * are not its own. They are matched and never copied, but for a key's fingerprint.
 */
export function opensshFault(stderr: string, place: SshPlace): Fault | null {
  return table.find(({ words }) => words.test(stderr))?.fault(place, stderr) ?? null;
}

/** It ended with words that nobody knows. */
export function unclearFault(place: SshPlace): Fault {
  return faultOf('protocol', `ssh gets no connection to ${nameOf(place)}`, {
    side: 'prober',
    hint: `see what it says: ${commandFor(place)}`,
  });
}

interface Row {
  readonly words: RegExp;
  readonly fault: (place: SshPlace, stderr: string) => Fault;
}

const target = ({ hostname, port }: SshPlace): string => targetOf(hostname, port);

/** The first that matches counts: a changed or revoked key also ends with a failed verification. */
const table: readonly Row[] = [
  {
    words: /REVOKED HOST KEY DETECTED/,
    fault: (place, stderr) =>
      faultOf('host-key', `the key of ${nameOf(place)}${shownIn(stderr)} is revoked`, {
        hint: 'do not log in there: whoever holds this key may stand in between',
      }),
  },
  {
    words: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    fault: (place, stderr) =>
      faultOf('host-key', `the key of ${nameOf(place)} has changed${shownIn(stderr)}`, {
        hint: `do not log in before you know why; then ${trustStep(place, ' --replace') ?? 'replace its line in known_hosts'}`,
      }),
  },
  {
    words: /host key is known for|Host key verification failed/,
    fault: (place, stderr) =>
      faultOf('host-key', `the key of ${nameOf(place)}${shownIn(stderr)} is not known`, {
        hint: `compare it on the host itself, then ${trustStep(place) ?? `accept it once with: ${commandFor(place)}`}`,
      }),
  },
  {
    words: /Permission denied \(|Too many authentication failures/,
    fault: (place) =>
      faultOf('auth', `${nameOf(place)} does not let us in: ssh has tried its keys`, {
        hint: `try: ${commandFor(place)}`,
      }),
  },
  {
    words: /port \d+: Connection refused/,
    fault: (place) =>
      faultOf('refused', `connection refused by ${target(place)}`, {
        hint: 'is it running, and on this port?',
      }),
  },
  {
    words: /Connection timed out|Operation timed out|timed out during banner exchange/,
    fault: (place) => faultOf('timeout', `no answer from ${target(place)}`),
  },
  {
    words: /No route to host|Host is down/,
    fault: ({ hostname }) => noRouteTo(hostname),
  },
  {
    words: /Network is unreachable/,
    fault: ({ hostname }) => noRouteFromHere(hostname),
  },
  { words: /Could not resolve hostname .*Temporary failure/, fault: () => noResolver() },
  {
    words: /Could not resolve hostname/,
    fault: ({ hostname }) => noSuchName(hostname),
  },
  {
    words: /invalid (format|protocol identifier)|Bad remote protocol version|banner line too long/i,
    fault: () => faultOf('protocol', 'answered something that is not SSH'),
  },
  {
    words: /(kex_exchange_identification|banner exchange): .*(closed|reset)/i,
    fault: () => hungUpEarly,
  },
  {
    words: /Bad owner or permissions|Bad configuration option|terminating, \d+ bad configuration/,
    fault: ({ alias }) =>
      faultOf('tool-missing', `ssh does not accept its own settings`, {
        hint: `see why: ssh -G ${alias}`,
      }),
  },
  { words: /Connection (to .* )?closed by/, fault: () => hungUpInLogin },
  {
    words: /client_loop: send disconnect|Connection (to .* )?reset by|Broken pipe/,
    fault: () => connectionReset,
  },
];

function shownIn(stderr: string): string {
  const [shown] = fingerprint.exec(stderr) ?? [];
  return shown === undefined ? '' : ` (${shown})`;
}

const fingerprint = /(?:(?<=Server host key: )\S+ )?SHA256:[A-Za-z0-9+/]{43}/;

/** The line with which ssh tells at DEBUG1 what key it is shown, by the farthest hop; else ''. */
export function shownKey(stderr: string): string {
  return stderr.match(/Server host key: \S+ SHA256:[A-Za-z0-9+/]{43}/g)?.at(-1) ?? '';
}
