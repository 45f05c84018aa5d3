import type { Cluster, Host } from '../model/inventory.ts';
import { kubectlAccess } from '../model/kubectl-access.ts';
import type { DeletePodStep, RolloutStep, Step } from '../model/plan.ts';
import { shellWord } from '../model/shell-word.ts';
import { onHost } from '../model/ssh-command.ts';

/** The step as a person would type it, from the machine that acts. */
export function commandText(step: Step, { host, clusters }: CommandPlace): string {
  if (step.kind === 'inngest') return step.command;
  if (step.kind !== 'exec') return kubectl(step, clusters);
  const there = step.argv.map(shellWord).join(' ');
  return onHost(there, host, { terminal: step.argv[0] === 'sudo' });
}

/** Where a step is carried out. */
export interface CommandPlace {
  readonly host: Host;
  readonly clusters: readonly Cluster[];
}

/** With its context: the one that is current may be another cluster's. */
function kubectl(step: RolloutStep | DeletePodStep, clusters: readonly Cluster[]): string {
  const cluster = clusters.find(({ name }) => name === step.cluster);
  const access = cluster ? kubectlAccess(cluster) : [];
  const verb =
    step.kind === 'delete-pod'
      ? ['delete', 'pod', step.pod]
      : ['rollout', 'restart', step.workload];
  return ['kubectl', ...access, '-n', step.namespace, ...verb].map(shellWord).join(' ');
}
