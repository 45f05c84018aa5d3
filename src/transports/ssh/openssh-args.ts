import type { SshPlace } from './place.ts';

const always = [
  'BatchMode=yes',
  'StrictHostKeyChecking=yes',
  'UpdateHostKeys=no',
  'ConnectTimeout=5',
  'ConnectionAttempts=1',
  'ServerAliveInterval=5',
  'ServerAliveCountMax=2',
  'PasswordAuthentication=no',
  'KbdInteractiveAuthentication=no',
  'NumberOfPasswordPrompts=0',
  'ForwardAgent=no',
  'ForwardX11=no',
  'ClearAllForwardings=yes',
  'PermitLocalCommand=no',
  'RequestTTY=no',
];

/**
 * Nothing is ever asked, accepted, forwarded or written. A master says what the server announces
 * before the login, which is where Tailscale's link stands; the clients say only what fails.
 */
export function opensshArgs(
  place: SshPlace,
  control: string,
  role: 'master' | 'client',
): readonly string[] {
  const own = role === 'master' ? ['ControlMaster=yes', 'ControlPersist=60'] : ['ControlMaster=no'];
  const level = `LogLevel=${role === 'master' ? 'INFO' : 'ERROR'}`;
  const known = place.knownHosts.map((file) => `"${file}"`).join(' ');
  const files = known === '' ? [] : [`UserKnownHostsFile=${known}`];
  const options = [...always, ...own, level, `ControlPath=${control}`, ...files];
  return ['-T', ...options.flatMap((option) => ['-o', option]), ...whereTo(place)];
}

function whereTo({ port, user, identity, jumps }: SshPlace): readonly string[] {
  const [file] = identity.declared ? identity.files : [];
  const hops = jumps.map((jump) => `${jump.user}@${bracketed(jump.alias)}:${jump.port}`);
  return [
    ...['-p', String(port), '-l', user],
    ...(file === undefined ? [] : ['-i', file]),
    ...(hops.length === 0 ? [] : ['-J', hops.join(',')]),
  ];
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
