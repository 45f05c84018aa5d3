/** One word for a POSIX shell, whatever it holds. An end of text (NUL) cannot be in an argument. */
export function quoteWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command for the other side's shell, which hands on exactly these arguments. */
export function quoteArgv(argv: readonly string[]): string {
  return argv.map(quoteWord).join(' ');
}
