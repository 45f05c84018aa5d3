import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { objectsOf, textOf } from '../../model/read-facts.ts';
import { notFound, type Restart } from '../restart.ts';

const patchMs = 15_000;

/** A new annotation on its pods' template, as `kubectl rollout restart` sets it. */
export function restart(
  { cluster, workload }: { readonly cluster: string; readonly workload: string },
  facts: JsonObject,
): Restart {
  const place = facts['found'] === true ? textOf(facts['workload'])?.split('/') : undefined;
  const [namespace, kind, name] = place ?? [];
  if (!namespace || !kind || !name) {
    return notFound(workload, 'the cluster has no such workload', `kubectl get ${workload} -A`);
  }
  const unit = `${kind}/${name}`;
  const step = {
    kind: 'rollout-restart',
    ...{ title: 'restart', cluster, namespace, workload: unit, timeoutMs: patchMs },
  } as const;
  return { unit, steps: [step], warnings: warningsOf(facts), refusal: null, minimumMs: 0 };
}

/** A StatefulSet's rollout waits for a broken pod for ever, also once its template is mended. */
function warningsOf(facts: JsonObject): readonly string[] {
  const stages = isJsonObject(facts['stages']) ? facts['stages'] : {};
  const broken = objectsOf(facts['pods']).find(({ stage }) => stage === 'broken');
  const isStateful = textOf(facts['workload'])?.includes('/statefulset/') ?? false;
  if (!broken || !isStateful || stages['broken'] === 0) return [];
  const pod = textOf(broken['name']) ?? 'its pod';
  return [`a rollout waits for the broken pod ${pod}: it goes on when that is deleted`];
}
