/** A key that a host has shown, beside what was known of it. */
export interface ShownKey {
  /** `ssh-ed25519` */
  readonly type: string;
  /** `SHA256:…`, as ssh-keygen -l prints it. */
  readonly fingerprint: string;
  /** `pinned` is known by joelclaw's own file, `known` by another one. */
  readonly state: 'pinned' | 'known' | 'new' | 'changed' | 'revoked';
  /** The fingerprints that it was known by instead, or the line that revokes it. */
  readonly was: readonly string[];
  /** Whether Tailscale tells the same of that peer; null where it tells none. */
  readonly tailscale: boolean | null;
}

/** What `audit trust` has found of a host, and done. */
export interface HostTrust {
  readonly host: string;
  /** As known_hosts has it: `[127.0.0.1]:2222`. */
  readonly name: string;
  readonly keys: readonly ShownKey[];
  /** The fingerprints that were pinned. */
  readonly pinned: readonly string[];
  readonly file: string;
  /** Lines of other files by which a key that it does not show still lets in: `~/.ssh/known_hosts:3`. */
  readonly stale: readonly string[];
  readonly dryRun: boolean;
}
