import { pastedIn, piecesOf, type Unfinished, unfinishedOf } from './input-pieces.ts';

/** What a terminal tells besides keys. */
export interface ReportListener {
  onFocus(focused: boolean): void;
  onWheel(direction: 1 | -1): void;
  /** Of a pressed button; counted from 0. */
  onClick(column: number, row: number): void;
  /** After what came so far nothing came any more: it was the escape key itself. */
  onEscape(): void;
  /** What was pasted until the terminal fell silent without telling the end of it. */
  onPaste(text: string): void;
  /** Does something after a time; returns what leaves it undone. */
  later(work: () => void, ms: number): () => void;
}

/**
 * How long more of what is unfinished is waited for. An escape is a key, which must be quick. Keys of
 * a paste that is cut off would act, so that it is given most time.
 */
const patienceMs: Readonly<Record<Unfinished, number>> = {
  escape: 25,
  sequence: 1000,
  string: 1000,
  paste: 2000,
};

/** More of an unfinished paste is of no use to any prompt, and of a string nothing is. */
const mostHeld = 4096;

/** ctrl-c, ctrl-l, ctrl-z and escape, pressed while a paste or a string does not end: they end it. */
const waysOut: ReadonlySet<string> = new Set(['\u0003', '\u000c', '\u001a', '\u001b']);

/**
 * Takes what is no key out of what a terminal sends before Ink reads it, and tells of it: reports,
 * and answers to what another program had asked. What comes in two parts is put together. Returns
 * what undoes that.
 */
export function takeReports(stdin: NodeJS.ReadStream, listener: ReportListener): () => void {
  const read = stdin.read;
  const held = createHeld(listener);
  stdin.read = (size?: number) => {
    for (;;) {
      const chunk: unknown = read.call(stdin, size);
      if (chunk === null || chunk === undefined) return chunk;
      const keys = keysIn(held.joined(String(chunk)), held, listener);
      if (keys !== '') return keys;
    }
  };
  return () => {
    held.drop();
    stdin.read = read;
  };
}

interface Held {
  /** What is held and what has come now; nothing is held any more. */
  joined(chunk: string): string;
  keep(unfinished: string): void;
  drop(): void;
}

function createHeld({ onEscape, onPaste, later }: ReportListener): Held {
  let text = '';
  let cancel = (): void => {};
  const drop = (): void => {
    cancel();
    text = '';
  };
  const giveUp = (): void => {
    const [given, kind] = [text, unfinishedOf(text)];
    drop();
    if (kind === 'escape') onEscape();
    if (kind === 'paste') onPaste(pastedIn(given));
  };
  return {
    drop,
    joined: (chunk) => {
      const endless = text !== '' && /^(?:paste|string)$/.test(unfinishedOf(text));
      if (endless && waysOut.has(chunk)) giveUp();
      const all = text + chunk;
      drop();
      return all;
    },
    keep: (unfinished) => {
      text = bounded(unfinished);
      cancel = later(giveUp, patienceMs[unfinishedOf(text)]);
    },
  };
}

/** As much of it as tells how it goes on: its beginning, and an end mark that is cut in two. */
function bounded(text: string): string {
  switch (unfinishedOf(text)) {
    case 'paste':
      return text.length > mostHeld ? text.slice(0, mostHeld) + text.slice(-5) : text;
    case 'string':
      return text.slice(0, 2) + (text.endsWith('\u001b') ? '\u001b' : '');
    default:
      return text.slice(0, mostHeld);
  }
}

function keysIn(text: string, held: Held, listener: ReportListener): string {
  let keys = '';
  for (const piece of piecesOf(text)) {
    if (piece.kind === 'keys') keys += piece.text;
    else if (piece.kind === 'report') tell(piece.text, listener);
    else if (piece.kind === 'unfinished') held.keep(piece.text);
  }
  return keys;
}

function tell(report: string, listener: ReportListener): void {
  if (!report.startsWith('\u001b[<')) {
    listener.onFocus(report.endsWith('I'));
    return;
  }
  const [button, column, row] = report.slice(3, -1).split(';').map(Number);
  if (button === 64) listener.onWheel(-1);
  else if (button === 65) listener.onWheel(1);
  else if (button === 0 && report.endsWith('M')) {
    listener.onClick(Number(column) - 1, Number(row) - 1);
  }
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
