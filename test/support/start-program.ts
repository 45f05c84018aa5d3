import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** A server of a test; it is ended by its own process id, and `stop` waits until it has ended. */
export interface Started {
  readonly pid: number;
  /** Ends it and leaves its folder. */
  end(): Promise<void>;
  stop(): Promise<void>;
}

interface Start {
  readonly ready: RegExp;
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Gets what it says, as it says it. */
  readonly hear?: (text: string) => void;
}

/**
 * Starts a program and waits until its output matches; rejects with its output if it ends. Its
 * folder is removed when it has ended.
 */
export async function startProgram(
  argv: readonly [string, ...string[]],
  { ready, folder, env = {}, hear = () => {} }: Start,
): Promise<Started> {
  const [program, ...args] = argv;
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const stopNow = (): void => void child.kill('SIGKILL');
  process.once('exit', stopNow);
  const end = async (): Promise<void> => {
    process.off('exit', stopNow);
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      const ended = once(child, 'exit');
      stopNow();
      await ended;
    }
  };
  const stop = async (): Promise<void> => {
    await end();
    await rm(folder, { recursive: true, force: true });
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', hear);
  }
  try {
    await untilReady(child, [child.stdout, child.stderr], ready);
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid ?? 0, end, stop };
}

function untilReady(
  child: ChildProcess,
  streams: readonly Readable[],
  ready: RegExp,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    for (const stream of streams) {
      stream.on('data', (text: string) => {
        heard = `${heard}${text}`.slice(-20_000);
        if (ready.test(heard)) resolve();
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${heard}`)));
  });
}
