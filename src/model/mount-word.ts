/** A word of a Linux mount table as it is: proc_mounts(5) writes blanks in octal, as `\040`. */
export function mountWord(word: string): string {
  return word.replace(/\\([0-7]{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8)));
}
