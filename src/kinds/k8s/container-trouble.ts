import type { PodStage } from './facts.ts';
import type { ContainerSeen } from './read-containers.ts';

/** Why a pod is not ready, so far as one of its containers tells. */
export interface Trouble {
  readonly stage: Extract<PodStage, 'coming' | 'broken' | 'strange'>;
  readonly why: string;
}

/** What a container waits for on its way up (kubelet's kuberuntime and status managers). */
const coming: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

/** It waits for its image: the words of the registry differ from try to try. */
const imageTroubles: ReadonlySet<string> = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

const otherTroubles: ReadonlySet<string> = new Set([
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'CreateContainerError',
  'PreCreateHookError',
  'PreStartHookError',
  'PostStartHookError',
  'RunContainerError',
  'StartError',
  'ContainerCannotRun',
]);

/** The first trouble of a pod's containers, the worst kind before the others; null when none has any. */
export function containersTrouble(containers: readonly ContainerSeen[]): Trouble | null {
  const troubles = containers.map(troubleOf).filter((trouble) => trouble !== null);
  const first = (stage: Trouble['stage']): Trouble | undefined =>
    troubles.find((trouble) => trouble.stage === stage);
  return first('broken') ?? first('strange') ?? first('coming') ?? null;
}

function troubleOf(container: ContainerSeen): Trouble | null {
  const { isInit, name } = container;
  const trouble = bareTrouble(container);
  return trouble && isInit
    ? { ...trouble, why: `init container ${name}: ${trouble.why}` }
    : trouble;
}

/** A container that runs and is not ready is the pod's story: its probes may still be at work. */
function bareTrouble(container: ContainerSeen): Trouble | null {
  const { state, isInit, ready, end, name } = container;
  switch (state) {
    case 'waiting':
      return waitTrouble(container);
    case 'terminated':
      if (isInit && end && !end.isBad) return null;
      return { stage: 'broken', why: `ended with ${end?.words ?? 'an end that is not told'}` };
    case 'running':
      return isInit && !ready ? { stage: 'coming', why: 'runs' } : null;
    default:
      return { stage: 'strange', why: `the state of container ${name} is not known here` };
  }
}

function waitTrouble({ reason, image, lastEnd, name }: ContainerSeen): Trouble {
  if (reason === '') return { stage: 'coming', why: `container ${name} waits` };
  if (coming.has(reason)) return { stage: 'coming', why: reason };
  if (imageTroubles.has(reason)) {
    return { stage: 'broken', why: `${reason}: image ${image} cannot be had` };
  }
  if (!otherTroubles.has(reason)) {
    return { stage: 'strange', why: `container ${name} waits: "${reason}" is not known here` };
  }
  return { stage: 'broken', why: lastEnd ? `${reason} after ${lastEnd.words}` : reason };
}
