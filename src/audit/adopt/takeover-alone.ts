/** A script ends with it where another one of its unit did not end in two minutes. */
export const heldCode = 75;

/**
 * The program that reads a takeover's script, one of a unit at a time: a script whose joelclaw was killed
 * goes on to its end, and the next waits for that. What a script starts holds nobody up: flock(1) of
 * util-linux keeps the lock to itself (`-o`).
 */
export function alone(unit: string): readonly [string, ...string[]] {
  return ['/bin/sh', '-c', script, 'sh', unit];
}

/** In one line, as login shells of another kind cannot quote more. */
const script = [
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  '[ "$(id -u)" = 0 ] || { echo "only root may take over there" >&2; exit 1; }',
  'command -v flock >/dev/null || { echo "there is no flock(1) there" >&2; exit 1; }',
  'lock="/run/joelclaw-$1.lock"',
  '(umask 077 && : >>"$lock") || exit 1',
  `exec flock -o -E ${heldCode} -w 120 "$lock" /bin/sh -s`,
].join('; ');
