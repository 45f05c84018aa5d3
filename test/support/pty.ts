import { type IPty, spawn } from '@lydell/node-pty';
import { createTerminal, type HeadlessTerminal } from './terminal.ts';

export interface PtyOptions {
  readonly columns: number;
  readonly rows: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A program in a real pseudo-terminal, and what a person would see of it. */
export interface Pty {
  readonly pid: number;
  /** Resolves when the screen matches; rejects with the screen when the program ends first. */
  until(wanted: RegExp): Promise<string>;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  screen(): string;
  /** Whether the alternate screen is shown now. */
  isAlternate(): boolean;
  /** Whether the cursor is shown now. */
  isCursorShown(): boolean;
  readonly ended: Promise<{ readonly code: number; readonly signal: number }>;
  kill(signal: string): void;
}

const showCursor = '\u001b[?25h';
const hideCursor = '\u001b[?25l';
const lastBytesMs = 50;
/** Past this a screen is not going to come. */
const patienceMs = 12_000;

/** Opens a program in a terminal of this size. */
export function openPty(argv: readonly [string, ...string[]], options: PtyOptions): Pty {
  const { columns, rows, env = {} } = options;
  const [program, ...args] = argv;
  const { PATH = '' } = process.env;
  const pty = spawn(program, args, {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: '/',
    env: { PATH, HOME: '/nonexistent', LANG: 'C.UTF-8', ...env },
  });
  return watch(pty, createTerminal(columns, rows));
}

function watch(pty: IPty, terminal: HeadlessTerminal): Pty {
  let bytes = '';
  let over = false;
  const waiting = new Set<() => void>();
  const screen = (): string => terminal.text().join('\n');
  pty.onData(async (data) => {
    bytes += data;
    await terminal.write(data);
    for (const look of waiting) look();
  });
  // What the terminal answers (cursor position, device attributes) goes back to the program.
  terminal.raw.onData((answer) => pty.write(answer));
  const ended = new Promise<{ code: number; signal: number }>((resolve) => {
    pty.onExit(({ exitCode, signal = 0 }) => {
      // node-pty tells of the exit before the last bytes, and of their end not at all.
      setTimeout(() => {
        over = true;
        resolve({ code: exitCode, signal });
        for (const look of waiting) look();
      }, lastBytesMs);
    });
  });
  const until = (wanted: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const text = screen();
        const found = wanted.test(text);
        if (!found && !over) return;
        waiting.delete(look);
        clearTimeout(deadline);
        if (found) resolve(text);
        else reject(new Error(`the program ended before ${wanted} was seen:\n${text}`));
      };
      const deadline = setTimeout(() => {
        waiting.delete(look);
        reject(new Error(`${wanted} was not seen within ${patienceMs} ms:\n${screen()}`));
      }, patienceMs);
      waiting.add(look);
      look();
    });
  return {
    pid: pty.pid,
    until,
    type: (keys) => pty.write(keys),
    resize: (columns, rows) => {
      terminal.resize(columns, rows);
      pty.resize(columns, rows);
    },
    screen,
    isAlternate: () => terminal.raw.buffer.active.type === 'alternate',
    isCursorShown: () => bytes.lastIndexOf(showCursor) >= bytes.lastIndexOf(hideCursor),
    ended,
    kill: (signal) => pty.kill(signal),
  };
}
