/** What is asked of ssh: a name as it stands in ssh_config, with what goes over its settings. */
export interface SshTarget {
  readonly alias: string;
  /** Null where ssh's own settings decide. */
  readonly port: number | null;
  readonly user: string | null;
}

/** ProxyJump: `[user@]host[:port]` or `ssh://…`, several divided by commas, the nearest first. */
export function parseJumps(text: string): readonly SshTarget[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(parseJump);
}

function parseJump(text: string): SshTarget {
  const plain = text.replace(/^ssh:\/\//, '').replace(/\/$/, '');
  const at = plain.lastIndexOf('@');
  const user = at > 0 ? plain.slice(0, at) : null;
  const place = plain.slice(at + 1);
  const [, bracketed, bare = place, digits] =
    /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(place) ?? [];
  return { alias: bracketed ?? bare, port: digits === undefined ? null : Number(digits), user };
}
