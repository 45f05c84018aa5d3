import type { JsonObject } from '../../model/json.ts';
import { objectsOf } from '../../model/read-facts.ts';
import { type Condition, conditionsOf, fieldOf, objectAt, textAt, timeAt } from '../k8s/fields.ts';
import type { NodeFacts, Resources } from './facts.ts';
import { quantityOf } from './quantity.ts';

const roleLabel = 'node-role.kubernetes.io/';

/** A control plane keeps others' pods off by itself. */
const ownTaints: ReadonlySet<string> = new Set([`${roleLabel}control-plane`, `${roleLabel}master`]);

/** It rather has no pods than takes none, so it is no trouble. */
const softEffect = 'PreferNoSchedule';

/** One node of the API's list. */
export function readNode(node: JsonObject, cluster: string): NodeFacts {
  const conditions = conditionsOf(node);
  const ready = conditions.find(({ type }) => type === 'Ready');
  const createdMs = timeAt(node, 'metadata', 'creationTimestamp');
  return {
    name: textAt(node, 'metadata', 'name') ?? 'a node without a name',
    cluster,
    roles: rolesOf(node),
    version: textAt(node, 'status', 'nodeInfo', 'kubeletVersion'),
    os: textAt(node, 'status', 'nodeInfo', 'osImage'),
    ready: ready?.status ?? null,
    readyWhy: ready?.message ?? ready?.reason ?? null,
    pressure: conditions.filter(isTrouble).map(({ type }) => type),
    taints: objectsOf(fieldOf(node, 'spec', 'taints')).flatMap(taintText),
    cordoned: fieldOf(node, 'spec', 'unschedulable') === true,
    capacity: resourcesOf(objectAt(node, 'status', 'capacity')),
    allocatable: resourcesOf(objectAt(node, 'status', 'allocatable')),
    createdAt: createdMs === null ? null : new Date(createdMs).toISOString(),
    addresses: objectsOf(fieldOf(node, 'status', 'addresses')).map(
      (one) => `${textAt(one, 'type')} ${textAt(one, 'address')}`,
    ),
  };
}

/** Also what others than its kubelet add: `KernelDeadlock` is bad when True, `StorageReady` and k3s' `EtcdIsVoter` when False. */
function isTrouble({ type, status }: Condition): boolean {
  if (type === 'Ready') return false;
  const isGoodWhenTrue = type.endsWith('Ready') || type === 'EtcdIsVoter';
  return status === (isGoodWhenTrue ? 'False' : 'True');
}

function rolesOf(node: JsonObject): readonly string[] {
  return Object.keys(objectAt(node, 'metadata', 'labels'))
    .filter((label) => label.startsWith(roleLabel))
    .map((label) => label.slice(roleLabel.length))
    .filter((role) => role !== '')
    .sort();
}

function taintText(taint: JsonObject): readonly string[] {
  const key = textAt(taint, 'key') ?? '';
  const value = textAt(taint, 'value');
  const effect = textAt(taint, 'effect') ?? '';
  if (effect === softEffect || ownTaints.has(key)) return [];
  return [`${key}${value === null ? '' : `=${value}`}:${effect}`];
}

function resourcesOf(resources: JsonObject): Resources {
  return {
    cpus: quantityOf(resources['cpu']),
    memoryBytes: quantityOf(resources['memory']),
    pods: quantityOf(resources['pods']),
  };
}
