import type { Fault } from '../../model/fault.ts';

/** Where an ssh connection goes and all that is needed to open it. */
export interface SshPlace {
  /** As the inventory or the jump names it: what `ssh` is given. */
  readonly alias: string;
  readonly hostname: string;
  readonly port: number;
  readonly user: string;
  /** Whole paths; `declared` was named by the inventory and must exist. */
  readonly identity: { readonly declared: boolean; readonly files: readonly string[] };
  /** Only the agent's keys whose public half lies beside one of the files. */
  readonly identitiesOnly: boolean;
  /** The agent's socket, null for none. */
  readonly agent: string | null;
  readonly knownHosts: readonly string[];
  /** joelclaw's own known_hosts, which is read before the others; null where there is none. */
  readonly pinned: string | null;
  /** The host of the inventory whose keys `joelclaw audit trust` can pin; null for what it does not reach. */
  readonly trustAs: string | null;
  readonly hostKeyAlias: string | null;
  /** Where there is no ssh program to tell its settings: the alias may be a name of ssh_config alone. */
  readonly unasked: boolean;
  /** The jump hosts on the way, the nearest first. */
  readonly jumps: readonly SshPlace[];
}

/** All files that may know its key, in turn. */
export function filesThatKnow({ pinned, knownHosts }: SshPlace): readonly string[] {
  return [...new Set([...(pinned === null ? [] : [pinned]), ...knownHosts])];
}

/** `user@host:port`, as messages name it; a host that is asked on port 22 stands without it. */
export function nameOf({ user, hostname, port }: SshPlace): string {
  return `${user}@${hostname}${port === 22 ? '' : `:${port}`}`;
}

/** The command that a person would try by hand. */
export function commandFor({ alias, user, port, identity, knownHosts }: SshPlace): string {
  const [keyFile] = identity.declared ? identity.files : [];
  const [known = usualKnownHosts] = knownHosts;
  return [
    'ssh',
    ...(port === 22 ? [] : ['-p', port]),
    ...(keyFile === undefined ? [] : ['-i', keyFile]),
    ...(known.endsWith(usualKnownHosts) ? [] : ['-o', `UserKnownHostsFile=${known}`]),
    `${user}@${alias}`,
  ].join(' ');
}

/** `pin it with: joelclaw audit trust box`; null for what that does not reach. */
export function trustStep({ trustAs }: SshPlace, flags = ''): string | null {
  return trustAs === null ? null : `pin it with: joelclaw audit trust ${trustAs}${flags}`;
}

/** Where ssh itself keeps what it was told to accept. */
const usualKnownHosts = '/.ssh/known_hosts';

/** Trouble of a jump host says so, and is nothing of the place behind it. */
export function asJumps(fault: Fault, jumps: readonly SshPlace[]): Fault {
  const names = jumps.map(nameOf).join(', ');
  return { ...fault, side: 'prober', message: `the jump host ${names}: ${fault.message}` };
}
