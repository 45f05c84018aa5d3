import type { Writable } from 'node:stream';
import { UserError } from '../model/errors.ts';

const readerGone = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

/**
 * Writes to a stream and resolves when the text has left. A reader that has gone (`| head`) is no
 * error: what follows is dropped, and a stream that would go on is told to end
 * (nothing tells of a reader that goes while there is nothing to write). A full
 * disk is told once.
 */
export function createWriter(
  stream: Writable,
  onReaderGone: () => void = () => {},
): (text: string) => Promise<void> {
  let closed = false;
  // Each write is told of its own error; without a listener the stream would end the process.
  stream.on('error', () => {});
  return (text) =>
    new Promise((resolve, reject) => {
      if (closed) {
        resolve();
        return;
      }
      stream.write(text, (error) => {
        if (!error) {
          resolve();
          return;
        }
        closed = true;
        const { code = error.message } = error as NodeJS.ErrnoException;
        if (!readerGone.has(code)) {
          reject(outputFailed(code));
          return;
        }
        onReaderGone();
        resolve();
      });
    });
}

function outputFailed(code: string): UserError {
  return new UserError(`the answer could not be written (${code})`, {
    code: 'OUTPUT_FAILED',
    hint: 'look at the disk or the pipe that stdout goes to',
    exitCode: 1,
  });
}
