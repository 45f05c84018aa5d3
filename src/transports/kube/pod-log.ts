import type { PodLogRequest } from '../contract-kube.ts';
import { type Deadline, untilAborted } from '../deadline.ts';
import { connectionFault } from '../fault-of-error.ts';
import { exchange } from '../http-exchange.ts';
import type { Sockets } from '../sockets.ts';
import { answerFault } from './answer-fault.ts';
import type { Asked } from './asked.ts';
import type { ClusterAccess } from './cluster-access.ts';

/** Lines may be long: more than this of them is not read. */
const maxBytes = 4 * 1024 * 1024;

/** The last lines of a container's log. Rejects with Node's error or a FaultError. */
export function readPodLog(
  request: PodLogRequest,
  access: ClusterAccess,
  { deadline, sockets }: { readonly deadline: Deadline; readonly sockets: Sockets },
): Promise<string> {
  const { namespace } = request;
  const { signal } = deadline;
  const ask = async (): Promise<string> => {
    const made = await untilAborted(signal, () => access.prepare(podLogPath(request), 'list'));
    const prepared = { ...made, maxBytes };
    const asked: Asked = { verb: 'get', resource: 'pods/log', namespace, access, prepared };
    const answer = await exchange(prepared, deadline);
    if (answer.status !== 200) throw answerFault(answer, asked);
    return answer.body;
  };
  return sockets.withSlot(access.target, signal, ask).catch((error: unknown) => {
    throw connectionFault(error, access.target);
  });
}

function podLogPath(request: PodLogRequest): string {
  const { namespace, pod, container, previous, lines, since, timestamps = false } = request;
  const query = new URLSearchParams({ container });
  if (lines !== null) query.set('tailLines', String(lines));
  if (previous) query.set('previous', 'true');
  if (since !== undefined) query.set('sinceTime', since);
  if (timestamps) query.set('timestamps', 'true');
  const place = `namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}`;
  return `/api/v1/${place}/log?${query}`;
}
