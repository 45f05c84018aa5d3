const enterScreen = '\u001b[?1049h';
const beginFrame = '\u001b[?2026h';
const homeAndErase = '\u001b[H\u001b[J';

/**
 * What Ink writes, changed for a terminal whose alternate screen is open and holds a picture: it is not
 * entered again, and the picture goes in the same instant in which the first frame comes (DEC 2026).
 */
export function overPicture(): (text: string) => string {
  const left = new Map([
    [enterScreen, ''],
    [beginFrame, beginFrame + homeAndErase],
  ]);
  return (text) => {
    const instead = left.get(text);
    if (instead === undefined) return text;
    left.delete(text);
    return instead;
  };
}
