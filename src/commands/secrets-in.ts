/** A value that is a word, a path, a number or this machine's own name tells nobody anything. */
const plain = /^(?:[a-z][a-z-]*|[~./].*|[\d.:]+|https?:\/\/(?:localhost|127\.0\.0\.1)\S*)$/i;
const shortest = 8;

/**
 * The values of a `.env` that must not be seen, whether the inventory names them or not: a program
 * beside it reads the same file, and may say them in its log.
 */
export function secretsIn(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.values(env).filter(
    (value): value is string =>
      value !== undefined && value.length >= shortest && !plain.test(value),
  );
}
