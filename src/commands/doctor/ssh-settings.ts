import { join } from 'node:path';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { Host } from '../../model/inventory.ts';
import type { Ground } from './probe.ts';
import { thisHost } from './this-host.ts';

/** Where a host is reached by ssh and by what it is known, as far as ssh's own settings tell. */
export interface SshSettings {
  readonly hostname: string;
  readonly port: number;
  /** Null where neither the inventory nor ssh says one. */
  readonly user: string | null;
  /** Whole paths, in turn. `declared` is named by the inventory and must be there. */
  readonly keys: readonly string[];
  readonly declared: boolean;
  readonly knownHosts: readonly string[];
  /** The names by which known_hosts may have it. */
  readonly names: readonly string[];
  /** The agent's socket; null when there is none. */
  readonly agent: string | null;
  readonly jump: string | null;
}

const usualKeys = ['~/.ssh/id_ed25519', '~/.ssh/id_ecdsa', '~/.ssh/id_rsa'];

/** Asks `ssh -G`, and takes the inventory alone where there is no such program. */
export async function askSettings(ground: Ground, host: Host): Promise<SshSettings> {
  const { transports, options, context } = ground;
  const declared = declaredOf(host);
  const { user } = declared;
  const given = [
    ...(declared.port === 22 ? [] : ['-p', String(declared.port)]),
    ...(user === null ? [] : ['-l', user]),
  ];
  const argv = ['ssh', '-G', ...given, '--', declared.host] as const;
  const output = await transports.exec({ on: thisHost, argv }, options).catch(orNoProgram);
  if (output && output.exitCode !== 0) {
    const said = output.stderr.trim().split('\n')[0] ?? '';
    throw new FaultError(
      faultOf('tool-missing', `ssh does not read its settings: ${said}`, {
        hint: `see why: ssh -G ${declared.host}`,
      }),
    );
  }
  return settingsOf(declared, output?.stdout ?? '', context);
}

function orNoProgram(error: unknown): null {
  if (error instanceof FaultError && error.fault.code === 'tool-missing') return null;
  throw error;
}

type Declared = NonNullable<Host['ssh']>;

function declaredOf({ name, ssh }: Host): Declared {
  const open = { port: 22, user: null, identityFile: null, proxyJump: null } as const;
  return ssh ?? { ...open, host: name, knownHosts: [], client: 'ssh2' };
}

/** What `ssh -G` printed, with the inventory's own word before it. */
export function settingsOf(
  declared: Declared,
  text: string,
  { home, env }: { readonly home: string; readonly env: Ground['context']['env'] },
): SshSettings {
  const said = (key: string): readonly string[] => {
    const values = [...text.matchAll(new RegExp(`^${key} (.+)$`, 'gm'))].map(
      ([, value = '']) => value,
    );
    return values.filter((value) => value !== 'none');
  };
  const whole = (path: string): string =>
    path.startsWith('~/') ? join(home, path.slice(2)) : path;
  const hostname = said('hostname')[0] ?? declared.host;
  const port = declared.port === 22 ? Number(said('port')[0] ?? 22) : declared.port;
  const own = said('identityfile');
  const { identityFile } = declared;
  const files = ['userknownhostsfile', 'globalknownhostsfile'].flatMap((key) =>
    said(key).flatMap(words),
  );
  const keys = identityFile === null ? (own.length > 0 ? own : usualKeys) : [identityFile];
  const alias = said('hostkeyalias')[0] ?? hostname;
  const agent = agentOf(text, env);
  return {
    hostname,
    port,
    user: declared.user ?? said('user')[0] ?? null,
    keys: keys.map(whole),
    declared: identityFile !== null,
    knownHosts: [...new Set([...declared.knownHosts, ...files].map(whole))],
    names: port === 22 || alias !== hostname ? [alias] : [`[${hostname}]:${port}`, hostname],
    agent: agent === null ? null : whole(agent),
    jump: declared.proxyJump ?? said('proxyjump')[0] ?? null,
  };
}

/** SSH_AUTH_SOCK unless told; a variable may be named, and `none` is none. */
function agentOf(text: string, env: Ground['context']['env']): string | null {
  const path = /^identityagent (.+)$/m.exec(text)?.[1] ?? 'SSH_AUTH_SOCK';
  if (path === 'none') return null;
  if (path === 'SSH_AUTH_SOCK') return env['SSH_AUTH_SOCK'] || null;
  return path.startsWith('$') ? env[path.replaceAll(/[${}]/g, '')] || null : path;
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean);
}
