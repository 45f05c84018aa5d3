/** A word of a command line as systemd reads it back (systemd.service(5), "COMMAND LINES"). */
export function execWord(word: string): string {
  const plain = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w./:=,+%$~-]+$/.test(word) ? plain : quoted(plain);
}

/** One of several paths of a setting: `-` before it lets it be missing. */
export function pathWord(path: string): string {
  const plain = path.replaceAll('%', '%%');
  return /^[\w./:=,+%~-]+$/.test(path) ? plain : quoted(plain);
}

/** An assignment of `Environment=`. */
export function assignment(text: string): string {
  const plain = text.replaceAll('%', '%%');
  return /^[\w./:=,+%~-]+$/.test(text) ? plain : quoted(plain);
}

/** Whether a text can stand in a unit at all: one line, and no control character. */
export function isUnitText(text: string): boolean {
  return !/[\p{Cc}\p{Zl}\p{Zp}\uFFFD]/u.test(text);
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
