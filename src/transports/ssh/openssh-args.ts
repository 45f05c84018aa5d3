import { filesThatKnow, type SshPlace } from './place.ts';
import { quoteArgv, quoteWord } from './quote.ts';

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

/** A master holds the connection, a client uses it; a witness goes there only to tell of its key. */
type Role = 'master' | 'client' | 'witness';

/**
 * Nothing is ever asked, accepted, forwarded or written. A master says what the server announces
 * before the login, which is where Tailscale's link stands; the clients say only what fails.
 */
export function opensshArgs(place: SshPlace, control: string, role: Role): readonly string[] {
  const own = role === 'master' ? ['ControlMaster=yes', 'ControlPersist=60'] : ['ControlMaster=no'];
  const level = `LogLevel=${levels[role]}`;
  const options = [...always, ...own, level, `ControlPath=${control}`, ...knownHostsOf(place)];
  const jumpLevel = role === 'witness' ? levels.witness : 'ERROR';
  return ['-T', ...asArgs(options), ...whereTo(place, { log: jumpLogOf(control), jumpLevel })];
}

const levels: Readonly<Record<Role, string>> = {
  master: 'INFO',
  client: 'ERROR',
  witness: 'DEBUG1',
};

/** Where the jump hosts' trouble stands: behind a master, ssh throws away what a ProxyCommand says. */
export function jumpLogOf(control: string): string {
  return `${control}.jump`;
}

interface JumpLog {
  readonly log: string;
  readonly jumpLevel: string;
}

function whereTo(place: SshPlace, { log, jumpLevel }: JumpLog): readonly string[] {
  const { port, user, identity, jumps } = place;
  const [file] = identity.declared ? identity.files : [];
  const command = throughJumps(jumps, file, jumpLevel);
  return [
    ...['-p', String(port), '-l', user],
    ...(file === undefined ? [] : ['-i', file]),
    ...(command === null
      ? []
      : ['-o', `ProxyCommand=${command} 2>${quoteWord(log).replaceAll('%', '%%')}`]),
  ];
}

/**
 * What \`-J\` would do, but with our options: its own ssh asks and accepts as ssh_config says. Tokens
 * of a command within a command are for the inner one.
 */
function throughJumps(
  jumps: readonly SshPlace[],
  file: string | undefined,
  level: string,
): string | null {
  const last = jumps.at(-1);
  if (!last) return null;
  const before = throughJumps(jumps.slice(0, -1), file, level);
  const options = [...always, `LogLevel=${level}`, 'ControlPath=none', ...knownHostsOf(last)];
  const argv = [
    ...['ssh', '-T', ...asArgs(options), '-p', String(last.port), '-l', last.user],
    ...(file === undefined ? [] : ['-i', file]),
    ...(before === null ? [] : ['-o', `ProxyCommand=${before}`]),
  ];
  const end = quoteArgv(['--', last.alias]).replaceAll('%', '%%');
  return `${quoteArgv(argv).replaceAll('%', '%%')} -W '[%h]:%p' ${end}`;
}

function asArgs(options: readonly string[]): readonly string[] {
  return options.flatMap((option) => ['-o', option]);
}

function knownHostsOf(place: SshPlace): readonly string[] {
  const files = filesThatKnow(place)
    .map((file) => `"${file}"`)
    .join(' ');
  return files === '' ? [] : [`UserKnownHostsFile=${files}`];
}
