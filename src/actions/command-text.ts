import type { Host } from '../model/inventory.ts';
import type { Step } from '../model/plan.ts';
import { shellWord } from '../model/shell-word.ts';

/** The step as a person would type it, from the machine that acts. */
export function commandText(step: Step, host: Host): string {
  if (step.kind === 'rollout-restart') {
    return `kubectl -n ${step.namespace} rollout restart ${step.workload}`;
  }
  if (step.kind === 'delete-pod') return `kubectl -n ${step.namespace} delete pod ${step.pod}`;
  if (step.kind === 'inngest') return step.command;
  const there = step.argv.map(shellWord).join(' ');
  return host.access === 'ssh' && host.ssh ? `ssh ${host.ssh.host} ${shellWord(there)}` : there;
}
