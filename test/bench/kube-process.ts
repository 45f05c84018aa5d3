import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { KubeReading, KubeReady } from './kube-child.ts';

/** The recorded cluster in another process. */
export interface KubeProcess extends KubeReady {
  reading(): Promise<KubeReading>;
  /** Rejects when it was asked what nobody should ask. */
  stop(): Promise<void>;
}

/** Starts it with the recorded pods, or with so many. */
export async function startKubeProcess(pods = 0): Promise<KubeProcess> {
  const child = fork(fileURLToPath(new URL('./kube-child.ts', import.meta.url)), [String(pods)]);
  const ready = await next<KubeReady>(child);
  return {
    ...ready,
    reading: () => {
      child.send('read');
      return next<KubeReading>(child);
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit') as Promise<[number | null]>;
      child.send('stop');
      const [code] = await exited;
      if (code !== 0) throw new Error(`the cluster's process ended with ${code}`);
    },
  };
}

async function next<T>(child: ChildProcess): Promise<T> {
  const ending = new AbortController();
  const { signal } = ending;
  const broke = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`the cluster's process ended with ${code}`);
  });
  broke.catch(() => {});
  try {
    const [said] = await Promise.race([once(child, 'message', { signal }), broke]);
    return said as T;
  } finally {
    ending.abort();
  }
}
