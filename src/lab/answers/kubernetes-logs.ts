import type { Moment } from '../site.ts';
import { createdAgoMs, namespace, workloads } from './kubernetes.ts';
import { goTime } from './kubernetes-words.ts';

/** What each pod said when it started, as the API hands it out with `timestamps=true`. */
export function kubernetesLogs() {
  const words = ['starting', 'ready to accept connections'];
  return new Map(
    workloads.map(({ name }) => [
      `joelclaw:${namespace}/${name}-0/${name}`,
      ({ startMs }: Moment) =>
        words
          .map((one, index) => `${goTime(startMs - createdAgoMs + index)} ${name}: ${one}\n`)
          .join(''),
    ]),
  );
}
