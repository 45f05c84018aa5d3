import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { objectsOf, textOf } from '../../model/read-facts.ts';
import { type Deed, deedOf, notFound } from '../deed.ts';

const patchMs = 15_000;

interface Place {
  readonly cluster: string;
  readonly namespace: string;
  /** `statefulset/redis` */
  readonly unit: string;
}

/** A rollout of a workload, and the end of each of its pods: another takes its place. */
export function deeds(
  { cluster, workload }: { readonly cluster: string; readonly workload: string },
  facts: JsonObject,
): readonly Deed[] {
  const found = facts['found'] === true ? textOf(facts['workload'])?.split('/') : undefined;
  const [namespace, kind, name] = found ?? [];
  if (!namespace || !kind || !name) {
    const refusal = notFound('the cluster has no such workload', `kubectl get ${workload} -A`);
    return [deedOf('restart', workload, { refusal })];
  }
  const place = { cluster, namespace, unit: `${kind}/${name}` };
  return [
    restart(place, facts),
    ...objectsOf(facts['pods']).flatMap((pod) => deletePod(place, pod, facts)),
  ];
}

/** A new annotation on its pods' template, as `kubectl rollout restart` sets it. */
function restart({ cluster, namespace, unit }: Place, facts: JsonObject): Deed {
  const step = {
    kind: 'rollout-restart',
    ...{ title: 'restart', cluster, namespace, workload: unit, timeoutMs: patchMs },
  } as const;
  return deedOf('restart', unit, { steps: [step], warnings: stuckWarnings(facts) });
}

/** Null when no broken pod keeps a StatefulSet's rollout: it waits for that for ever. */
function stuckPod(facts: JsonObject): string | null {
  const stages = isJsonObject(facts['stages']) ? facts['stages'] : {};
  const broken = objectsOf(facts['pods']).find(({ stage }) => stage === 'broken');
  const isStateful = textOf(facts['workload'])?.includes('/statefulset/') ?? false;
  if (!broken || !isStateful || stages['broken'] === 0) return null;
  return textOf(broken['name']) ?? 'its pod';
}

/** A StatefulSet's rollout waits for a broken pod also once its template is mended. */
function stuckWarnings(facts: JsonObject): readonly string[] {
  const pod = stuckPod(facts);
  if (pod === null) return [];
  return [
    `a rollout waits for the broken pod ${pod}: it goes on when that is deleted (delete-pod)`,
  ];
}

function deletePod(
  { cluster, namespace, unit }: Place,
  { name, uid, stage }: JsonObject,
  facts: JsonObject,
): readonly Deed[] {
  const pod = textOf(name);
  const id = textOf(uid);
  if (pod === null || id === null) return [];
  const isLeaving = stage === 'leaving';
  const step = {
    kind: 'delete-pod',
    ...{ title: `delete ${pod}`, cluster, namespace, pod, uid: id, timeoutMs: patchMs },
  } as const;
  const isDone = (seen: JsonObject): boolean =>
    !objectsOf(seen['pods']).some((one) => one['uid'] === id);
  return [
    deedOf('delete-pod', unit, {
      ...{ object: pod, steps: isLeaving ? [] : [step] },
      needless: isLeaving ? `${pod} is being deleted already` : null,
      warnings: [
        stuckPod(facts) === pod
          ? 'the rollout that waits for it goes on'
          : 'its controller makes another one; its volumes stay',
      ],
      // One that is over is not replaced.
      isDone: stage === 'finished' ? isDone : null,
    }),
  ];
}
