/** What a terminal tells besides keys. */
export interface ReportListener {
  onFocus(focused: boolean): void;
  onWheel(direction: 1 | -1): void;
  /** Of a pressed button; counted from 0. */
  onClick(column: number, row: number): void;
}

/** Focus in and out, and SGR mouse reports (xterm's control sequences). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what it finds
const reports = /\u001b\[(?:([IO])|<(\d+);(\d+);(\d+)([Mm]))/g;

/**
 * Takes what is no key out of what a terminal sends before Ink reads it, and tells of it. Returns
 * what undoes that.
 */
export function takeReports(stdin: NodeJS.ReadStream, listener: ReportListener): () => void {
  const read = stdin.read;
  stdin.read = (size?: number) => {
    for (;;) {
      const chunk: unknown = read.call(stdin, size);
      if (chunk === null || chunk === undefined) return chunk;
      const text = String(chunk);
      const keys = text.replace(reports, (_all, ...groups: readonly string[]) => {
        tell(groups, listener);
        return '';
      });
      if (keys === text) return chunk;
      if (keys !== '') return keys;
    }
  };
  return () => {
    stdin.read = read;
  };
}

function tell(
  [focus, button, column, row, end]: readonly string[],
  listener: ReportListener,
): void {
  if (focus !== undefined) listener.onFocus(focus === 'I');
  else if (button === '64') listener.onWheel(-1);
  else if (button === '65') listener.onWheel(1);
  else if (button === '0' && end === 'M') listener.onClick(Number(column) - 1, Number(row) - 1);
}

/** Whether the terminal tells of being looked at (DEC private mode 1004). */
export function focusReports(on: boolean): string {
  return `\u001b[?1004${on ? 'h' : 'l'}`;
}

/** Whether it tells of the mouse, in SGR's form (modes 1000 and 1006). */
export function mouseReports(on: boolean): string {
  const end = on ? 'h' : 'l';
  return `\u001b[?1000${end}\u001b[?1006${end}`;
}
