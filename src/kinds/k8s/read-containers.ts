import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { fieldOf, numberAt, objectAt, textAt, timeAt } from './fields.ts';

/** How a container ended. */
export interface ContainerEnd {
  readonly words: string;
  readonly isBad: boolean;
  readonly atMs: number | null;
}

/** One of a pod's containers as its kubelet tells of it. */
export interface ContainerSeen {
  readonly name: string;
  readonly isInit: boolean;
  readonly ready: boolean;
  readonly restarts: number;
  readonly image: string;
  /** `strange` is a state that is not known here. */
  readonly state: 'running' | 'waiting' | 'terminated' | 'strange';
  /** Why it waits; '' where it does not say. */
  readonly reason: string;
  readonly end: ContainerEnd | null;
  readonly lastEnd: ContainerEnd | null;
  readonly startedMs: number | null;
}

/** All containers of a pod, the init containers first; null when they are not told as they should be. */
export function containersOf(pod: JsonObject): readonly ContainerSeen[] | null {
  const lists = [
    { value: fieldOf(pod, 'status', 'initContainerStatuses'), isInit: true },
    { value: fieldOf(pod, 'status', 'containerStatuses'), isInit: false },
  ];
  const all: ContainerSeen[] = [];
  for (const { value = [], isInit } of lists) {
    if (!Array.isArray(value)) return null;
    for (const one of value) {
      const seen = readContainer(one, isInit);
      if (!seen) return null;
      all.push(seen);
    }
  }
  return all;
}

function readContainer(value: Json, isInit: boolean): ContainerSeen | null {
  if (!isJsonObject(value)) return null;
  const { ready } = value;
  const name = textAt(value, 'name');
  const restarts = numberAt(value, 'restartCount');
  if (name === null || restarts === null || typeof ready !== 'boolean') return null;
  const terminated = fieldOf(value, 'state', 'terminated');
  return {
    name,
    isInit,
    ready,
    restarts,
    image: textAt(value, 'image') ?? '',
    state: stateOf(objectAt(value, 'state')),
    reason: textAt(value, 'state', 'waiting', 'reason') ?? '',
    end: endOf(terminated),
    lastEnd: endOf(fieldOf(value, 'lastState', 'terminated')),
    startedMs: timeAt(value, 'state', 'running', 'startedAt'),
  };
}

/** A state without a member is waiting, says the API. */
function stateOf(state: JsonObject): ContainerSeen['state'] {
  const [member, ...others] = Object.keys(state);
  if (others.length > 0) return 'strange';
  if (member === undefined) return 'waiting';
  return member === 'running' || member === 'waiting' || member === 'terminated'
    ? member
    : 'strange';
}

function endOf(value: Json | undefined): ContainerEnd | null {
  if (!isJsonObject(value)) return null;
  const exitCode = numberAt(value, 'exitCode');
  const reason = textAt(value, 'reason') ?? '';
  const isBad = exitCode !== 0 || reason === 'OOMKilled';
  return { words: endWords(exitCode, reason), isBad, atMs: timeAt(value, 'finishedAt') };
}

/** "exit 1", "OOMKilled (exit 137)", "exit 128 (StartError)": a reason that only repeats is left out. */
function endWords(exitCode: number | null, reason: string): string {
  const exit = `exit ${exitCode ?? 'code unknown'}`;
  if (reason === 'OOMKilled') return `OOMKilled (${exit})`;
  return reason === '' || reason === 'Error' || reason === 'Completed'
    ? exit
    : `${exit} (${reason})`;
}
