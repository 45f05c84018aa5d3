import type { PodLogRequest } from '../contract-kube.ts';
import { type AskGround, askOnce } from './ask-once.ts';

/** Lines may be long: more than this of them is not read. */
const maxBytes = 4 * 1024 * 1024;

/** The last lines of a container's log. Rejects with Node's error or a FaultError. */
export function readPodLog(request: PodLogRequest, ground: AskGround): Promise<string> {
  const { namespace } = request;
  const path = podLogPath(request);
  return askOnce({ verb: 'get', resource: 'pods/log', namespace, path, maxBytes }, ground);
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
