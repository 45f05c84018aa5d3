import type { Client } from 'ssh2';

/** Whoever closes waits no longer than this for what is ended over there. */
export const exitMs = 2000;

/** Runs a command that ends others, on a channel of its own; resolves when it has ended or is late. */
export function endThere(client: Client, command: string): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, exitMs);
    const done = (): void => {
      clearTimeout(late);
      resolve();
    };
    try {
      client.exec(command, (error, channel) => {
        if (error) return done();
        channel.once('close', done).resume();
        channel.stderr.resume();
        channel.end();
      });
    } catch {
      // ssh2 throws only where its socket has ended and has not told yet.
      done();
    }
  });
}
