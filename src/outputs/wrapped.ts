/**
 * A text in lines of at most `width` cells, the first behind `head`, the others as far from the left.
 * A word that has no room on a line of its own is broken.
 */
export function wrapped(head: string, text: string, width: number): readonly string[] {
  const room = Math.max(20, width - head.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((one) => pieces(one, room))) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  const indent = ' '.repeat(head.length);
  return lines.map((one, at) => `${at === 0 ? head : indent}${one}`);
}

function pieces(word: string, room: number): readonly string[] {
  return word.match(new RegExp(`.{1,${room}}`, 'gu')) ?? [];
}
