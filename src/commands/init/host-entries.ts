import type { JsonObject } from '../../model/json.ts';
import { plainText } from '../../model/plain-text.ts';
import { firstLabel, sameMachine } from '../../model/same-machine.ts';
import type { Entry } from './entry.ts';
import type { Found, SshAlias, TailnetPeer } from './found.ts';
import type { Names } from './names.ts';

/** Servers of code: one logs in there for git alone. */
const codeHosts =
  /(^|\.)(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|sr\.ht|ssh\.dev\.azure\.com)$/i;

/** This machine, under whose name all that was found on it stands. */
export function machineItem(
  { hostname, description, tailnetLabel }: Found,
  names: Names,
): JsonObject {
  const shown = plainText(description, 120);
  return {
    name: names.take(firstLabel(hostname)),
    ...(isSayable(shown) ? { description: shown } : {}),
    access: 'local',
    ...(isSayable(hostname) ? { hostname } : {}),
    ...(tailnetLabel !== null && isSayable(tailnetLabel) ? { tailscale: tailnetLabel } : {}),
  };
}

/** What is left out rather than refuse the whole machine: `${` would be replaced by a secret. */
function isSayable(text: string): boolean {
  return text !== '' && !text.includes('${');
}

/** A host for each alias of ssh, with its peer where it is one, then for each peer that has none. */
export function hostEntries(found: Found, names: Names): readonly Entry[] {
  const { aliases, peers, tailnetLabel, hostname } = found;
  const peerOf = (alias: SshAlias): TailnetPeer | undefined =>
    peers.find((peer) => isSame(alias, peer));
  const used = new Set(aliases.map(peerOf));
  const isHere = (label: string): boolean =>
    sameMachine(label, hostname) || (tailnetLabel !== null && sameMachine(label, tailnetLabel));
  return [
    ...aliases
      .filter(({ alias }) => !isHere(alias))
      .map((alias) => aliasEntry(alias, peerOf(alias), names)),
    ...peers
      .filter((peer) => !used.has(peer) && !isHere(peer.label))
      .map((peer) => peerEntry(peer, names)),
  ];
}

function aliasEntry(found: SshAlias, peer: TailnetPeer | undefined, names: Names): Entry {
  const { alias, also, hostname, user, port, file } = found;
  const isCode = codeHosts.test(hostname ?? alias);
  const item = {
    name: names.take(alias),
    access: 'ssh',
    ssh: {
      host: alias,
      ...(port === null || port === 22 ? {} : { port }),
      ...(user === null ? {} : { user }),
    },
    ...(peer === undefined ? {} : { tailscale: peer.label }),
  };
  const comment = [
    `Host ${[alias, ...also].join(' ')} in ${file}`,
    ...(peer === undefined ? [] : [`peer of the tailnet, ${peer.os}`]),
    ...(isCode ? ['a server of code, so it is left out'] : []),
  ].join('; ');
  return { comment, item, live: !isCode };
}

/** Where ssh has never been, nobody knows whether it may: that is left to the user. */
function peerEntry({ label, os, known }: TailnetPeer, names: Names): Entry {
  const item = {
    name: names.take(label),
    access: 'ssh',
    ssh: { host: known ?? label },
    tailscale: label,
  };
  const whence = `peer of the tailnet, ${os}`;
  if (known !== null) return { comment: `${whence}; known_hosts has ${known}`, item, live: true };
  return { comment: `${whence}; take the signs away if ssh reaches it`, item, live: false };
}

function isSame({ alias, also, hostname }: SshAlias, { label, ips }: TailnetPeer): boolean {
  if ([alias, ...also].some((name) => sameMachine(name, label))) return true;
  return hostname !== null && (ips.includes(hostname) || sameMachine(hostname, label));
}
