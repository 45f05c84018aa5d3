import type { JsonObject } from '../../../model/json.ts';
import { conditionsOf, numberAt, textAt } from '../fields.ts';
import { readWorkload } from '../read-workload.ts';
import { parseWorkload } from '../workload-name.ts';

/** Whether an object has pods of its own accord; `name` is `statefulset/redis`. */
export function isWorkload(name: string): boolean {
  return parseWorkload(name) !== null;
}

/** Why a workload has not rolled out to its last pod yet; null where it has. */
export function notRolledOut(object: JsonObject, name: string): string | null {
  const kind = parseWorkload(name)?.kind;
  if (kind === undefined) return null;
  const { isBehind, wanted, readyReplicas, updatedReplicas, rollingTo, controllerTrouble } =
    readWorkload(object, kind);
  if (controllerTrouble !== null) return controllerTrouble;
  if (isBehind) return 'its controller has not looked at it yet';
  if (wanted === null) return 'how many pods it is to have is not understood';
  const replaced = replacedOf(object, wanted);
  const [news, ready] = [updatedReplicas ?? 0, readyReplicas ?? 0];
  if (news < replaced) return `${news} of ${replaced} pods are new`;
  if (ready < wanted) return `${ready} of ${wanted} pods are ready`;
  return rollingTo === null || replaced < wanted ? null : `rolling out to ${rollingTo}`;
}

/**
 * How many pods a rollout replaces: none where a person deletes them (`OnDelete`), and none below the
 * partition of a StatefulSet.
 */
function replacedOf(object: JsonObject, wanted: number): number {
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return 0;
  const kept = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  return Math.max(0, wanted - kept);
}

/** The pods that the controller of a StatefulSet replaces by itself, by their names; none of any other kind. */
export function replacedPods(object: JsonObject): readonly string[] {
  if (object['kind'] !== 'StatefulSet') return [];
  const [name, first] = [
    textAt(object, 'metadata', 'name'),
    numberAt(object, 'spec', 'ordinals', 'start'),
  ];
  const count = numberAt(object, 'spec', 'replicas') ?? 0;
  const kept = count - replacedOf(object, count);
  const ordinals = Array.from({ length: count }, (_, index) => (first ?? 0) + index);
  return ordinals.slice(kept).map((ordinal) => `${name}-${ordinal}`);
}

/**
 * Whether a StatefulSet waits for this pod for ever: it is not ready, and of a template that is not
 * wanted any more. Its controller makes no other one before it is gone (kubernetes#67250).
 */
export function holdsUp(pod: JsonObject, object: JsonObject): boolean {
  const wanted = textAt(object, 'status', 'updateRevision');
  const is = textAt(pod, 'metadata', 'labels', 'controller-revision-hash');
  const isEnding = textAt(pod, 'metadata', 'deletionTimestamp') !== null;
  return !isReady(pod) && !isEnding && wanted !== null && is !== null && is !== wanted;
}

/** What a pod says of itself. */
export function isReady(pod: JsonObject): boolean {
  return conditionsOf(pod).some(({ type, status }) => type === 'Ready' && status === 'True');
}
