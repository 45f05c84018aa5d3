import { describe, expect, it } from 'vitest';
import { opensshFault } from '../../../src/transports/ssh/openssh-fault.ts';
import type { SshPlace } from '../../../src/transports/ssh/place.ts';

const place: SshPlace = {
  alias: 'box',
  hostname: '10.0.0.7',
  port: 2222,
  user: 'joel',
  identity: { declared: false, files: [] },
  identitiesOnly: false,
  agent: null,
  knownHosts: [],
  pinned: null,
  trustAs: null,
  hostKeyAlias: null,
  unasked: false,
  jumps: [],
};

const changed = `@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
The fingerprint for the ED25519 key sent by the remote host is
SHA256:uNiVztksCsDhcc0u9e8BrrJXIU7Q8qhRzGzKqQbXJ3c.
Host key verification failed.`;

/** Standard error as OpenSSH 9.2 prints it, and what it means: `code side message`. */
const rows: readonly (readonly [string, string])[] = [
  [
    'No ED25519 host key is known for [10.0.0.7]:2222 and you have requested strict checking.\r\nHost key verification failed.',
    'host-key prober the key of joel@10.0.0.7:2222 is not known',
  ],
  [
    changed,
    'host-key prober the key of joel@10.0.0.7:2222 has changed (SHA256:uNiVztksCsDhcc0u9e8BrrJXIU7Q8qhRzGzKqQbXJ3c)',
  ],
  [
    changed.replace('REMOTE HOST IDENTIFICATION HAS CHANGED', 'REVOKED HOST KEY DETECTED'),
    'host-key prober the key of joel@10.0.0.7:2222 (SHA256:uNiVztksCsDhcc0u9e8BrrJXIU7Q8qhRzGzKqQbXJ3c) is revoked',
  ],
  [
    'joel@10.0.0.7: Permission denied (publickey).',
    'auth prober joel@10.0.0.7:2222 does not let us in: ssh has tried its keys',
  ],
  [
    'Received disconnect from 10.0.0.7 port 2222:2: Too many authentication failures',
    'auth prober joel@10.0.0.7:2222 does not let us in: ssh has tried its keys',
  ],
  [
    'ssh: connect to host 10.0.0.7 port 2222: Connection refused',
    'refused target connection refused by 10.0.0.7:2222',
  ],
  [
    'ssh: connect to host 10.0.0.7 port 2222: Connection timed out',
    'timeout target no answer from 10.0.0.7:2222',
  ],
  [
    'ssh: connect to host 10.0.0.7 port 2222: Operation timed out',
    'timeout target no answer from 10.0.0.7:2222',
  ],
  ['Connection timed out during banner exchange', 'timeout target no answer from 10.0.0.7:2222'],
  [
    'ssh: connect to host 10.0.0.7 port 2222: No route to host',
    'unreachable target no route to 10.0.0.7',
  ],
  [
    'ssh: connect to host 10.0.0.7 port 2222: Network is unreachable',
    'unreachable prober this machine has no route to 10.0.0.7',
  ],
  [
    'ssh: Could not resolve hostname box: Name or service not known',
    'dns target no such name: 10.0.0.7',
  ],
  [
    'ssh: Could not resolve hostname box: Temporary failure in name resolution',
    'dns prober no resolver answers',
  ],
  [
    'kex_exchange_identification: Connection closed by remote host\r\nConnection closed by 10.0.0.7 port 2222',
    'protocol target it hung up before it greeted',
  ],
  [
    'kex_exchange_identification: read: Connection reset by peer',
    'protocol target it hung up before it greeted',
  ],
  [
    'Bad owner or permissions on /home/joel/.ssh/config',
    'tool-missing prober ssh does not accept its own settings',
  ],
  [
    'Connection closed by 10.0.0.7 port 2222',
    'protocol target it hung up before the login was done',
  ],
  ['Connection reset by 10.0.0.7 port 2222', 'protocol target the connection was reset'],
  ['client_loop: send disconnect: Broken pipe', 'protocol target the connection was reset'],
];

describe('What the system’s ssh says', () => {
  it.each(rows)('%s', (stderr, meaning) => {
    const { code, side, message } = opensshFault(stderr, place) ?? {};
    expect(`${code} ${side} ${message}`).toBe(meaning);
  });

  it('of a program is not taken for its own', () => {
    expect(opensshFault('cat: /x: Permission denied\nhost not found', place)).toBeNull();
    expect(opensshFault('', place)).toBeNull();
  });
});
