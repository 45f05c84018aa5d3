/** A value that is a word, a usual path, an address or this machine's own URL tells nobody anything. */
const plain = new RegExp(
  [
    /[a-z][a-z-]{0,19}|[A-Z][A-Z_]{0,19}|[A-Z][a-z]{0,19}/,
    /[A-Z][a-z]+\/[A-Z][a-z_]+/,
    /(?:~|\.{1,2})\/.*/,
    /\/(?:usr|opt|var|etc|home|Users|tmp|private|Volumes|volume\d|srv|mnt|data|run|root|bin|Library|Applications)\/.*/,
    /\d+(?:[.:]\d+)+/,
    /https?:\/\/(?:localhost|127\.0\.0\.1)\S*/,
  ]
    .map(({ source }) => `^(?:${source})$`)
    .join('|'),
);
const shortest = 8;

/**
 * The values of a `.env` that must not be seen, whether the inventory names them or not: a program
 * beside it reads the same file, and may say them in its log.
 */
export function secretsIn(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const values = Object.values(env)
    // What is told is told line by line.
    .flatMap((value = '') => [value, ...(value.includes('\n') ? value.split(/\r?\n/) : [])])
    .filter((value) => value.length >= shortest && !plain.test(value));
  return [...new Set(values.flatMap(spellingsOf))];
}

/** As it is, as it stands in a URL, and as it stands in a header or a Secret. */
function spellingsOf(value: string): readonly string[] {
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  return [value, encodeURIComponent(value), base64];
}
