import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { RolloutRequest } from '../contract-kube.ts';
import { type AskGround, askOnce } from './ask-once.ts';

const plurals = {
  statefulset: 'statefulsets',
  deployment: 'deployments',
  daemonset: 'daemonsets',
} as const;

/** Patches the template of a workload's pods with the annotation that kubectl sets (kubectl 1.36). */
export async function rolloutRestart(
  { namespace, workload, at }: RolloutRequest,
  ground: AskGround,
): Promise<void> {
  const [kind = '', name = ''] = workload.split('/');
  const resource = plurals[kind as keyof typeof plurals];
  if (!resource) throw new FaultError(faultOf('protocol', `a ${kind} cannot be restarted`));
  const annotations = { 'kubectl.kubernetes.io/restartedAt': at };
  const patch = {
    type: 'application/strategic-merge-patch+json',
    body: JSON.stringify({ spec: { template: { metadata: { annotations } } } }),
  };
  const place = `namespaces/${encodeURIComponent(namespace)}/${resource}/${encodeURIComponent(name)}`;
  const path = `/apis/apps/v1/${place}?fieldManager=joelclaw`;
  await askOnce({ verb: 'patch', resource, namespace, path, patch }, ground);
}
