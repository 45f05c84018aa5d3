import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';

/** A terminal that takes everything at once and shows nothing: what is written to it is counted. */
export interface FakeTerminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  bytes(): number;
  /** Resolves with the next write. */
  written(): Promise<void>;
  type(text: string): void;
}

export function createFakeTerminal(columns: number, rows: number): FakeTerminal {
  let bytes = 0;
  let waiting: (() => void)[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      const told = waiting;
      waiting = [];
      for (const resolve of told) resolve();
      done();
    },
  });
  const typed: string[] = [];
  const nothing = (): void => {};
  const keyboard = Object.assign(new EventEmitter(), {
    isTTY: true,
    setEncoding: nothing,
    setRawMode: nothing,
    ref: nothing,
    unref: nothing,
    resume: nothing,
    pause: nothing,
    read: () => typed.shift() ?? null,
  });
  return {
    stdin: keyboard as unknown as NodeJS.ReadStream,
    stdout: Object.assign(sink, { columns, rows, isTTY: true }) as unknown as NodeJS.WriteStream,
    bytes: () => bytes,
    written: () => new Promise((resolve) => void waiting.push(resolve)),
    type: (text) => {
      typed.push(text);
      keyboard.emit('readable');
    },
  };
}
