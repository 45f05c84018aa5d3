import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { render } from 'ink';
import type { ReactElement } from 'react';
import { createTerminal, type HeadlessTerminal } from './terminal.ts';

/** Ink on a terminal that is a grid in memory, of exactly this size. */
export interface Rendered {
  readonly terminal: HeadlessTerminal;
  /** Bytes written so far. */
  bytes(): number;
  /** Resolves when what has been rendered is in the grid. */
  flushed(): Promise<void>;
  type(text: string): void;
  unmount(): void;
}

/** Mounts as `main.tsx` does; `flushed` instead of sleeping. */
export function renderAt(columns: number, rows: number, app: ReactElement): Rendered {
  const terminal = createTerminal(columns, rows);
  let bytes = 0;
  const writes: Promise<void>[] = [];
  const stdout = Object.assign(new PassThrough(), { columns, rows, isTTY: true });
  stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    // What a pty does to a line feed (ONLCR).
    writes.push(terminal.write(chunk.toString().replaceAll('\n', '\r\n')));
  });
  const stdin = fakeStdin();
  const instance = render(app, {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: stdin.stream as unknown as NodeJS.ReadStream,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  return {
    terminal,
    bytes: () => bytes,
    flushed: async () => {
      await instance.waitUntilRenderFlush();
      await Promise.all(writes);
    },
    type: stdin.type,
    unmount: instance.unmount,
  };
}

/** What Ink asks of a raw terminal's input, and no more. */
function fakeStdin(): { readonly stream: EventEmitter; type(text: string): void } {
  const waiting: string[] = [];
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    setEncoding: () => {},
    setRawMode: () => {},
    ref: () => {},
    unref: () => {},
    resume: () => {},
    pause: () => {},
    read: () => waiting.shift() ?? null,
  });
  const type = (text: string): void => {
    waiting.push(text);
    stream.emit('readable');
  };
  return { stream, type };
}
