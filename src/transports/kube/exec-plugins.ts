import { type ChildProcess, spawn } from 'node:child_process';
import type { KubeConfig } from '@kubernetes/client-node';
import { leftBehind } from '../left-behind.ts';

/**
 * Makes the programs that give a kubeconfig's credentials be ended with their cluster: the client
 * starts them and would wait for ever for one that hangs. Returns what ends them.
 */
export function trackPlugins(config: KubeConfig): () => void {
  const running = new Set<ChildProcess>();
  const tracked = (...start: Parameters<typeof spawn>): ChildProcess => {
    const child = spawn(...start);
    const { pid } = child;
    running.add(child);
    if (pid !== undefined) leftBehind.add(pid);
    child.once('close', () => {
      running.delete(child);
      if (pid !== undefined) leftBehind.delete(pid);
    });
    return child;
  };
  const authenticators: readonly object[] = config['authenticators'];
  for (const one of authenticators) if ('execFn' in one) one.execFn = tracked;
  return () => {
    for (const child of running) child.kill();
  };
}
