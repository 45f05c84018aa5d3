import { type ChildProcess, spawn } from 'node:child_process';
import type { KubeConfig } from '@kubernetes/client-node';

/**
 * Makes the programs that give a kubeconfig's credentials be ended with their cluster: the client
 * starts them and would wait for ever for one that hangs. Returns what ends them.
 */
export function trackPlugins(config: KubeConfig): () => void {
  const running = new Set<ChildProcess>();
  const tracked = (...start: Parameters<typeof spawn>): ChildProcess => {
    const child = spawn(...start);
    running.add(child);
    child.once('close', () => running.delete(child));
    return child;
  };
  const authenticators: readonly object[] = config['authenticators'];
  for (const one of authenticators) if ('execFn' in one) one.execFn = tracked;
  return () => {
    for (const child of running) child.kill();
  };
}
