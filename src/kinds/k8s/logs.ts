import type { JsonObject } from '../../model/json.ts';
import { countOf, objectsOf, textOf, textsOf } from '../../model/read-facts.ts';
import type { LogSource } from '../log-source.ts';

/** All containers of its pods; of one that was restarted also the run before. */
export function logs(
  { cluster }: { readonly cluster: string },
  facts: JsonObject,
): readonly LogSource[] {
  const [namespace = ''] = textOf(facts['workload'])?.split('/') ?? [];
  return objectsOf(facts['pods']).flatMap((pod) =>
    textsOf(pod['containers']).map((container) => ({
      ...({ kind: 'pod', cluster, namespace, pod: textOf(pod['name']) ?? '', container } as const),
      hasPrevious: (countOf(pod['restarts']) ?? 0) > 0,
    })),
  );
}
