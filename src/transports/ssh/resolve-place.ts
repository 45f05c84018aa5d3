import { homedir, userInfo } from 'node:os';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { Host } from '../../model/inventory.ts';
import type { AskSettings } from './ask-settings.ts';
import { parseJumps, type SshTarget } from './jump.ts';
import type { SshPlace } from './place.ts';
import { expandPath, type SshSettings, settingOf, type Tokens } from './ssh-settings.ts';

type Declared = NonNullable<Host['ssh']>;

/** A host without settings of its own is asked by its name. */
export function declaredOf({ name, ssh }: Host): Declared {
  const client = 'ssh2';
  const none = { port: 22, user: null, identityFile: null, knownHosts: [], proxyJump: null };
  return ssh ?? { host: name, client, ...none };
}

/**
 * Where a host is reached and how: the inventory's values, and ssh's own settings for what they
 * leave open. Port 22 is what the inventory says when nobody has given one, so there ssh's own goes.
 * `pinned` is joelclaw's own known_hosts.
 */
export async function resolvePlace(
  host: Host,
  ask: AskSettings,
  pinned: string | null = null,
): Promise<SshPlace> {
  const declared = declaredOf(host);
  const { port, user } = declared;
  const target = { alias: declared.host, port: port === 22 ? null : port, user };
  const settings = await ask(target);
  if (settings) assertNoCommand(settings, declared);
  const jumpText = declared.proxyJump ?? (settings ? settingOf(settings, 'proxyjump') : null);
  const jumps = await Promise.all(
    parseJumps(jumpText ?? '').map(async (jump) =>
      placeOf(jump, { settings: await ask(jump), declared, pinned, isJump: true }),
    ),
  );
  const isDirect = jumps.length === 0 && settingOfCommand(settings) === null;
  const place = placeOf(target, { settings, declared, pinned, isJump: false });
  return { ...place, jumps, trustAs: isDirect ? host.name : null };
}

function settingOfCommand(settings: SshSettings | null): string | null {
  return settings && settingOf(settings, 'proxycommand');
}

function assertNoCommand(settings: SshSettings, { client, host, proxyJump }: Declared): void {
  const command = settingOf(settings, 'proxycommand');
  if (client === 'openssh' || command === null || proxyJump !== null) return;
  throw new FaultError(
    faultOf('tool-missing', `ssh reaches ${host} by a ProxyCommand`, {
      hint: 'set `client: openssh` for this host, so that the system’s ssh runs it',
    }),
  );
}

interface Known {
  /** Null where there is no ssh program to ask. */
  readonly settings: SshSettings | null;
  readonly declared: Declared;
  readonly pinned: string | null;
  readonly isJump: boolean;
}

function placeOf(target: SshTarget, { settings, declared, pinned, isJump }: Known): SshPlace {
  const said = (key: string): string | null => (settings ? settingOf(settings, key) : null);
  const localUser = userInfo().username;
  const tokens: Tokens = {
    home: homedir(),
    alias: target.alias,
    hostname: said('hostname') ?? target.alias,
    port: target.port ?? Number(said('port') ?? 22),
    user: target.user ?? said('user') ?? localUser,
    localUser,
  };
  const expand = (path: string): string => expandPath(path, tokens);
  const { alias, hostname, port, user } = tokens;
  const identity = identityOf(settings, { declared, isJump });
  return {
    alias,
    hostname,
    port,
    user,
    identity: { ...identity, files: identity.files.map(expand) },
    identitiesOnly: said('identitiesonly') === 'yes',
    agent: agentOf(settings, expand),
    knownHosts: [...new Set([...declared.knownHosts, ...knownHostsOf(settings)].map(expand))],
    pinned,
    trustAs: null,
    hostKeyAlias: said('hostkeyalias'),
    unasked: settings === null,
    jumps: [],
  };
}

/** The inventory's key is for its host; a jump host is shown it when its own keys were of no use. */
function identityOf(
  settings: SshSettings | null,
  { declared: { identityFile }, isJump }: Pick<Known, 'declared' | 'isJump'>,
): SshPlace['identity'] {
  const usual = ['~/.ssh/id_ed25519', '~/.ssh/id_ecdsa', '~/.ssh/id_rsa'];
  const own = settings?.get('identityfile')?.filter((file) => file !== 'none') ?? usual;
  if (identityFile === null) return { declared: false, files: own };
  if (!isJump) return { declared: true, files: [identityFile] };
  return { declared: false, files: [...own, identityFile] };
}

function agentOf(settings: SshSettings | null, expand: (path: string) => string): string | null {
  const fromEnvironment = (name: string): string | null => process.env[name] || null;
  const said = settings?.get('identityagent')?.[0] ?? 'SSH_AUTH_SOCK';
  if (said === 'none') return null;
  if (said === 'SSH_AUTH_SOCK') return fromEnvironment(said);
  return said.startsWith('$') ? fromEnvironment(said.replaceAll(/[${}]/g, '')) : expand(said);
}

function knownHostsOf(settings: SshSettings | null): readonly string[] {
  if (!settings) return ['/etc/ssh/ssh_known_hosts'];
  return ['userknownhostsfile', 'globalknownhostsfile'].flatMap((key) =>
    (settings.get(key)?.[0] ?? '').split(/\s+/).filter((file) => file !== '' && file !== 'none'),
  );
}
