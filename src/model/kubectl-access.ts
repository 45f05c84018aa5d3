import type { Cluster } from './inventory.ts';

/** The words that lead kubectl to a cluster: what is not its own default. */
export function kubectlAccess({ kubeconfig, context }: Cluster): readonly string[] {
  return [
    ...(kubeconfig === '~/.kube/config' ? [] : ['--kubeconfig', kubeconfig]),
    ...(context === null ? [] : ['--context', context]),
  ];
}
