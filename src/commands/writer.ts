import type { Writable } from 'node:stream';

/**
 * Writes to a stream and resolves when the text has left. A reader that has gone (`| head`) is no
 * error: what follows is dropped and the command ends as it would have.
 */
export function createWriter(stream: Writable): (text: string) => Promise<void> {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    closed = true;
  });
  return (text) =>
    new Promise((resolve) => {
      if (closed) resolve();
      else stream.write(text, () => resolve());
    });
}
