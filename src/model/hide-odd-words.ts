/** A word as keys are made by machines: both cases and figures again and again, or nothing but hexadecimal digits. */
function isOdd(word: string): boolean {
  if (/^[0-9a-f]{32,}$/i.test(word)) return true;
  if (!/[a-z]/.test(word) || !/[A-Z]/.test(word)) return false;
  return [...word.matchAll(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)].length >= 3;
}

/** A command with `hidden` for each word that merely looks like a key. Files are left as they are called. */
export function hideOddWords(text: string, hidden: string): string {
  return text
    .split(/([\s"'=]+)/)
    .map((piece) =>
      /^(?:@?[./~]|file:)/.test(piece)
        ? piece
        : piece.replace(/[A-Za-z0-9_+-]{16,}/g, (word) => (isOdd(word) ? hidden : word)),
    )
    .join('');
}
