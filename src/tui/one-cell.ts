const esc = 0x1b;
const bracket = 0x5b;
const letterM = 0x6d;

/** A character of one cell in every terminal: Latin, general punctuation, box drawing, blocks, our own glyphs. */
export function isOneCell(code: number): boolean {
  if (code < 0x300) return code >= 0x20 && code < 0x7f ? true : code >= 0xa0 && code !== 0xad;
  if (code >= 0x2500 && code <= 0x25fc) return true;
  return (code >= 0x2010 && code <= 0x2027) || code === 0x2715;
}

/** How many cells a text with colours (SGR) takes where each character takes one; null for any other. */
export function quickWidth(text: string): number | null {
  let cells = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isOneCell(code)) {
      cells++;
      continue;
    }
    if (code !== esc || text.charCodeAt(index + 1) !== bracket) return null;
    index = endOfSgr(text, index + 2);
    if (index === -1) return null;
  }
  return cells;
}

/** Where the `m` stands that ends the digits, semicolons and colons from here; -1 when it does not. */
function endOfSgr(text: string, from: number): number {
  let at = from;
  while (isParameter(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === letterM ? at : -1;
}

function isParameter(code: number): boolean {
  return code >= 0x30 && code <= 0x3b;
}
