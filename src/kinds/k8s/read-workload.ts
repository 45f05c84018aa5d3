import type { JsonObject } from '../../model/json.ts';
import { objectsOf } from '../../model/read-facts.ts';
import type { WorkloadFacts } from './facts.ts';
import { conditionsOf, fieldOf, numberAt, textAt } from './fields.ts';
import type { WorkloadKind } from './workload-name.ts';

/** A workload's spec and status: a status that says nothing of a number means 0. */
export function readWorkload(object: JsonObject, kind: WorkloadKind): WorkloadFacts {
  const generation = numberAt(object, 'metadata', 'generation') ?? 0;
  const observed = numberAt(object, 'status', 'observedGeneration') ?? 0;
  return {
    ...(kind === 'daemonset' ? daemonCounts(object) : replicaCounts(object)),
    isBehind: observed < generation,
    paused: fieldOf(object, 'spec', 'paused') === true,
    rollingTo: kind === 'statefulset' ? rollingTo(object) : null,
    controllerTrouble: controllerTrouble(object),
    images: objectsOf(fieldOf(object, 'spec', 'template', 'spec', 'containers')).flatMap((one) => {
      const image = textAt(one, 'image');
      return image === null ? [] : [image];
    }),
  };
}

type Counts = Pick<WorkloadFacts, 'wanted' | 'readyReplicas' | 'updatedReplicas'>;

/** The API fills in `replicas`: one that is not there is not understood. */
function replicaCounts(object: JsonObject): Counts {
  const replicas = fieldOf(object, 'spec', 'replicas');
  return {
    wanted: typeof replicas === 'number' ? replicas : null,
    readyReplicas: numberAt(object, 'status', 'readyReplicas'),
    updatedReplicas: numberAt(object, 'status', 'updatedReplicas'),
  };
}

/** How many a DaemonSet wants is for its controller to say. */
function daemonCounts(object: JsonObject): Counts {
  const desired = fieldOf(object, 'status', 'desiredNumberScheduled');
  return {
    wanted: typeof desired === 'number' ? desired : null,
    readyReplicas: numberAt(object, 'status', 'numberReady'),
    updatedReplicas: numberAt(object, 'status', 'updatedNumberScheduled'),
  };
}

function rollingTo(object: JsonObject): string | null {
  const update = textAt(object, 'status', 'updateRevision');
  return update === textAt(object, 'status', 'currentRevision') ? null : update;
}

/** A Deployment's conditions; the other kinds have none that tell of trouble. */
function controllerTrouble(object: JsonObject): string | null {
  const conditions = conditionsOf(object);
  const failure = conditions.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  if (failure) return `pods cannot be created: ${failure.message ?? failure.reason ?? 'no reason'}`;
  const stuck = conditions.find(
    ({ type, status, reason }) =>
      type === 'Progressing' && status === 'False' && reason === 'ProgressDeadlineExceeded',
  );
  return stuck ? 'its rollout is stuck (ProgressDeadlineExceeded)' : null;
}
