/** The program that is meant: `env` and what it sets stand before it. */
export function programIn(argv: readonly [string, ...string[]]): string {
  const [first] = argv;
  if (first !== 'env') return first;
  return argv.slice(1).find((word) => !word.includes('=')) ?? first;
}
