import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { RolloutRequest } from '../contract-kube.ts';
import { type Deadline, untilAborted } from '../deadline.ts';
import { connectionFault } from '../fault-of-error.ts';
import { exchange } from '../http-exchange.ts';
import type { Sockets } from '../sockets.ts';
import { answerFault } from './answer-fault.ts';
import type { Asked } from './asked.ts';
import type { ClusterAccess } from './cluster-access.ts';

const plurals = {
  statefulset: 'statefulsets',
  deployment: 'deployments',
  daemonset: 'daemonsets',
} as const;

/** Patches the template of a workload's pods with the annotation that kubectl sets (kubectl 1.36). */
export function rolloutRestart(
  { namespace, workload, at }: RolloutRequest,
  access: ClusterAccess,
  { deadline, sockets }: { readonly deadline: Deadline; readonly sockets: Sockets },
): Promise<void> {
  const { signal } = deadline;
  const [kind = '', name = ''] = workload.split('/');
  const resource = plurals[kind as keyof typeof plurals];
  const annotations = { 'kubectl.kubernetes.io/restartedAt': at };
  const patch = {
    type: 'application/strategic-merge-patch+json',
    body: JSON.stringify({ spec: { template: { metadata: { annotations } } } }),
  };
  const ask = async (): Promise<void> => {
    if (!resource) throw new FaultError(faultOf('protocol', `a ${kind} cannot be restarted`));
    const place = `namespaces/${encodeURIComponent(namespace)}/${resource}/${encodeURIComponent(name)}`;
    const path = `/apis/apps/v1/${place}?fieldManager=joelclaw`;
    const prepared = await untilAborted(signal, () => access.prepare(path, 'list', patch));
    const asked: Asked = { verb: 'patch', resource, namespace, access, prepared };
    const answer = await exchange(prepared, deadline);
    if (answer.status !== 200) throw answerFault(answer, asked);
  };
  return sockets.withSlot(access.target, signal, ask).catch((error: unknown) => {
    throw connectionFault(error, access.target);
  });
}
