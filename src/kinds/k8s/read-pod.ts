import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { containersTrouble, type Trouble } from './container-trouble.ts';
import type { PodFacts, PodStage } from './facts.ts';
import { type Condition, conditionsOf, fieldOf, textAt, timeAt } from './fields.ts';
import { type ContainerEnd, type ContainerSeen, containersOf } from './read-containers.ts';

/** A pod may take so long to become ready: the image, the volume, the first probes. */
export const startGraceMs = 120_000;
/** Its deadline is in its deletionTimestamp already; this is for a kubelet that is busy. */
const leaveGraceMs = 60_000;

const phases: ReadonlySet<string> = new Set(['Pending', 'Running', 'Succeeded', 'Failed']);
const over: ReadonlySet<string> = new Set(['Succeeded', 'Failed']);

interface Stage {
  readonly stage: PodStage;
  readonly why: string;
}

interface PodSeen {
  readonly pod: JsonObject;
  readonly nowMs: number;
  readonly conditions: readonly Condition[];
  readonly containers: readonly ContainerSeen[];
  readonly lastEnd: ContainerEnd | null;
  readonly startedMs: number | null;
}

/** What one pod of the API's list means at a moment. Its phase tells only that it is over. */
export function readPod(pod: JsonObject, nowMs: number): PodFacts {
  const told = containersOf(pod);
  const containers = told ?? [];
  const lastEnd = lastBadEnd(containers);
  const started = containers.map(({ startedMs }) => startedMs ?? 0);
  const startedMs = Math.max(0, ...started) || null;
  const seen = { pod, nowMs, conditions: conditionsOf(pod), containers, lastEnd, startedMs };
  return {
    name: textAt(pod, 'metadata', 'name') ?? 'a pod without a name',
    uid: textAt(pod, 'metadata', 'uid'),
    ...(strangeness(pod, told) ?? stageOf(seen)),
    node: textAt(pod, 'spec', 'nodeName'),
    restarts: containers.reduce((sum, { restarts }) => sum + restarts, 0),
    badExit: lastEnd?.words ?? null,
    badExitAt: isoOf(lastEnd?.atMs ?? null),
    speaker: speakerOf(containers, lastEnd),
    containers: containers.filter(hasRun).map(({ name }) => name),
    revision:
      textAt(pod, 'metadata', 'labels', 'controller-revision-hash') ??
      textAt(pod, 'metadata', 'labels', 'pod-template-hash'),
    startedAt: isoOf(startedMs),
  };
}

/** What cannot be a pod's status: nothing is made of it. */
function strangeness(pod: JsonObject, containers: readonly ContainerSeen[] | null): Stage | null {
  const strange = (why: string): Stage => ({ stage: 'strange', why });
  const phase = fieldOf(pod, 'status', 'phase');
  const conditions = fieldOf(pod, 'status', 'conditions') ?? [];
  if (!isJsonObject(fieldOf(pod, 'status'))) return strange('it has no status');
  if (typeof phase !== 'string') return strange('its status names no phase');
  if (phase === 'Unknown') return strange('its node does not tell how it is');
  if (!phases.has(phase)) return strange(`its phase "${phase}" is not known here`);
  const listed = Array.isArray(conditions) && conditions.every(isJsonObject);
  if (!listed || !containers) return strange('its status is not understood');
  return null;
}

function stageOf(seen: PodSeen): Stage {
  const { pod, containers, conditions } = seen;
  const phase = textAt(pod, 'status', 'phase') ?? '';
  if (over.has(phase)) return { stage: 'finished', why: endedHow(pod, phase) };
  if (fieldOf(pod, 'metadata', 'deletionTimestamp') !== undefined) return leaving(seen);
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  if (scheduled && scheduled.status !== 'True') return unscheduled(scheduled);
  const trouble = containersTrouble(containers);
  if (trouble) return trouble.stage === 'coming' ? comingOrStuck(trouble, seen) : trouble;
  return readiness(seen);
}

/** "Evicted: The node was low on resource: ephemeral-storage." */
function endedHow(pod: JsonObject, phase: string): string {
  const reason = textAt(pod, 'status', 'reason') ?? phase;
  const message = textAt(pod, 'status', 'message');
  return message === null ? reason : `${reason}: ${message}`;
}

function leaving({ pod, nowMs }: PodSeen): Stage {
  const untilMs = timeAt(pod, 'metadata', 'deletionTimestamp');
  if (untilMs === null) return { stage: 'strange', why: 'when it is deleted is not understood' };
  if (nowMs - untilMs <= leaveGraceMs) return { stage: 'leaving', why: 'is terminating' };
  return {
    stage: 'broken',
    why: 'is terminating for longer than its grace: does its node answer?',
  };
}

function unscheduled({ status, reason, message }: Condition): Stage {
  if (status !== 'False') return { stage: 'strange', why: `PodScheduled is "${status}"` };
  const word = reason === 'Unschedulable' ? 'unschedulable' : `not scheduled (${reason ?? '?'})`;
  return { stage: 'broken', why: message === null ? word : `${word}: ${message}` };
}

/** Only a Ready that is True and that its containers bear out is ready. */
function readiness(seen: PodSeen): Stage {
  const { conditions, containers, lastEnd } = seen;
  const ready = conditions.find(({ type }) => type === 'Ready');
  const main = containers.filter(({ isInit }) => !isInit);
  const allReady = main.length > 0 && main.every((one) => one.ready);
  if (ready && !['True', 'False', 'Unknown'].includes(ready.status)) {
    return { stage: 'strange', why: `its condition Ready is "${ready.status}"` };
  }
  if (ready?.status === 'True') {
    if (allReady) return { stage: 'ready', why: '' };
    return { stage: 'strange', why: 'it is called ready, and its containers are not' };
  }
  if (ready?.status === 'Unknown') return { stage: 'broken', why: 'its node does not report' };
  const failing = conditions.find(({ type, status }) => type !== 'Ready' && status === 'False');
  const told = ready?.message ?? failing?.message ?? failing?.type ?? ready?.reason ?? null;
  const words = told === null ? 'not ready' : `not ready: ${told}`;
  const why = lastEnd ? `${words}; its last run ended with ${lastEnd.words}` : words;
  if (lastEnd || lostReadiness(ready, seen)) return { stage: 'broken', why };
  return comingOrStuck({ stage: 'coming', why }, seen);
}

/** It was ready since its containers were started: what is wrong now is no start. */
function lostReadiness(ready: Condition | undefined, { startedMs }: PodSeen): boolean {
  const changedMs = ready?.changedMs ?? null;
  return changedMs !== null && startedMs !== null && changedMs > startedMs + 1000;
}

function comingOrStuck(trouble: Trouble, { pod, nowMs, startedMs }: PodSeen): Stage {
  const createdMs = timeAt(pod, 'metadata', 'creationTimestamp');
  if (createdMs === null) return { stage: 'strange', why: 'it does not tell when it was created' };
  // A clock of the cluster that is ahead of ours makes a pod young, not stuck.
  const ageMs = nowMs - Math.max(createdMs, startedMs ?? 0);
  if (ageMs <= startGraceMs) return trouble;
  const isReadiness = trouble.why.startsWith('not ready');
  return { stage: 'broken', why: isReadiness ? trouble.why : `does not get past ${trouble.why}` };
}

/** The newest that was bad, of all its containers: what ended now, and what was started again. */
function lastBadEnd(containers: readonly ContainerSeen[]): ContainerEnd | null {
  const ends = containers
    .flatMap(({ end, lastEnd }) => [end, lastEnd])
    .filter((one) => one?.isBad === true) as readonly ContainerEnd[];
  return ends.toSorted((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0))[0] ?? null;
}

/** One that waits for its first run has said nothing. */
function hasRun({ state, restarts, end, lastEnd }: ContainerSeen): boolean {
  return state !== 'waiting' || restarts > 0 || end !== null || lastEnd !== null;
}

/** Null where none has run. */
function speakerOf(
  containers: readonly ContainerSeen[],
  lastEnd: ContainerEnd | null,
): string | null {
  const ended = containers.find((one) => one.end === lastEnd || one.lastEnd === lastEnd);
  const unready = containers.find(({ state, ready }) => state === 'running' && !ready);
  return (lastEnd ? ended : unready)?.name ?? null;
}

function isoOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
