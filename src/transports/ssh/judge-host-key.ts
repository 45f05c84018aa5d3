import { createHash } from 'node:crypto';
import { isAbout, type KnownHost, keyTypeOf } from './known-hosts.ts';

/** What is known of a host's key; `at` is the line of known_hosts that says so. */
export type KeyVerdict =
  | { readonly is: 'known' }
  | { readonly is: 'revoked' | 'changed' | 'authority'; readonly at: string }
  /** `types` are those of the keys that the host is known by instead. */
  | { readonly is: 'unknown'; readonly types: readonly string[] };

/** Whose key is looked for: the names that OpenSSH would look for, the first one before the rest. */
export type KeyNames = readonly [string, ...string[]];

/**
 * `name` on port 22, else `[name]:port`, then the bare name, whose key is good on every port but
 * whose other keys say nothing of this one. A HostKeyAlias stands for both.
 */
export function keyNamesOf(hostname: string, port: number, alias: string | null): KeyNames {
  if (alias !== null) return [alias.toLowerCase()];
  const name = hostname.toLowerCase();
  return port === 22 ? [name] : [`[${name}]:${port}`, name];
}

/** Judges a key as OpenSSH does with StrictHostKeyChecking=yes; certificates are not understood. */
export function judgeHostKey(
  known: readonly KnownHost[],
  names: KeyNames,
  key: Buffer,
): KeyVerdict {
  const about = known.filter((one) => names.some((name) => isAbout(one, name)));
  const revoked = about.find((one) => one.marker === 'revoked' && one.key.equals(key));
  if (revoked) return { is: 'revoked', at: revoked.place };
  const plain = about.filter(({ marker }) => marker === 'none');
  if (plain.some((one) => one.key.equals(key))) return { is: 'known' };
  const own = plain.filter((one) => isAbout(one, names[0]));
  const other = own.find((one) => keyTypeOf(one.key) === keyTypeOf(key));
  if (other) return { is: 'changed', at: other.place };
  const authority = about.find(({ marker }) => marker === 'cert-authority');
  if (authority) return { is: 'authority', at: authority.place };
  return { is: 'unknown', types: typesOf(own) };
}

/** All that ssh2 can verify, in OpenSSH's order of preference; SHA-1 signatures are not among them. */
const algorithms = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const;

export type HostKeyAlgorithm = (typeof algorithms)[number];

/** The types that the host is known by come first, so that it shows a key that can be compared. */
export function hostKeyAlgorithms(
  known: readonly KnownHost[],
  names: KeyNames,
): readonly HostKeyAlgorithm[] {
  const mine = (name: string): readonly string[] =>
    typesOf(known.filter((one) => one.marker === 'none' && isAbout(one, name)));
  const types = names.map(mine).find(({ length }) => length > 0) ?? [];
  const isKnown = (algorithm: string): boolean =>
    types.includes(algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm);
  return [...algorithms.filter(isKnown), ...algorithms.filter((one) => !isKnown(one))];
}

function typesOf(known: readonly KnownHost[]): readonly string[] {
  return [...new Set(known.map(({ key }) => keyTypeOf(key)))];
}

/** As ssh-keygen -l prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replaceAll('=', '')}`;
}
