import { spawn } from 'node:child_process';

/**
 * Waits until its standard input closes, which it does when we end, whatever ends us. Then every
 * master whose socket is in the folder ends, and the folder is gone: a login that is still on its way
 * finds no place for its socket and ends too.
 */
const script = `folder=$1
cat >/dev/null
for socket in "$folder"/*; do
  [ -S "$socket" ] && ssh -O exit -o "ControlPath=$socket" -- guarded
done
rm -rf -- "$folder"`;

/** Sets a program over a folder of ssh's sockets that outlives us by no more than its cleaning up. */
export function guardFolder(folder: string): { end(): Promise<void> } {
  const guard = spawn('sh', ['-c', script, 'sh', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Where it cannot be started the folder is only cleaned up by an orderly end.
  const ended = new Promise<void>((resolve) => {
    guard.once('error', () => resolve());
    guard.once('exit', () => resolve());
  });
  guard.unref();
  const life = guard.stdin;
  life.on('error', () => {});
  (life as typeof life & { unref?(): void }).unref?.();
  return {
    end: () => {
      // Whoever waits for it has nothing else to stay for.
      guard.ref();
      life.end();
      return ended;
    },
  };
}
