/** A word as a POSIX shell reads it back: plain where it can be, else in single quotes. */
export function shellWord(word: string): string {
  return /^[\w./@:+~,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
