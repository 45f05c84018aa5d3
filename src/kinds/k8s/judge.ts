import type { Verdict } from '../../model/result.ts';
import type { State } from '../../model/state.ts';
import type { FoundFacts, K8sFacts, MissingFacts, PodFacts, PodStage } from './facts.ts';

/**
 * All of its pods ready is up, some is degraded, none is down; none yet, while nothing is wrong with
 * those that start, is unknown. What is not understood is never up. Events are evidence: where they may
 * not be seen, that is said and changes nothing.
 */
export function judge(facts: K8sFacts): Verdict {
  if (!facts.found) return { state: 'down', note: missing(facts) };
  const { state, note } = judgeFound(facts);
  const { eventsTrouble } = facts;
  if (eventsTrouble === null) return { state, note };
  return { state, note: `${note}; its events are not seen: ${eventsTrouble}` };
}

function judgeFound(facts: FoundFacts): Verdict {
  const { wanted, stages } = facts;
  if (wanted === null || facts.readyReplicas === null) {
    return { state: 'unknown', note: 'how many pods it is to have and has is not understood' };
  }
  if (wanted === 0) return { state: 'idle', note: noneWanted(facts) };
  if (facts.podsTrouble !== null) return judgeUnseen(facts, wanted, facts.readyReplicas);
  if (stages.ready >= wanted) return judgeWhole(facts, wanted);
  if (stages.ready > 0) {
    const ready = `${stages.ready} of ${wanted} ready`;
    return {
      state: 'degraded',
      note: [ready, ...onTheWay(facts), ...troublesOf(facts)].join('; '),
    };
  }
  return judgeNoneReady(facts);
}

function missing({ workload, namespaces }: MissingFacts): string {
  const where = namespaces.length === 0 ? 'any namespace' : `namespace ${namespaces.join(', ')}`;
  return `not found: no ${workload} in ${where}`;
}

function noneWanted({ workload }: FoundFacts): string {
  return workload.includes('/daemonset/') ? 'no node is to run it' : 'scaled to 0';
}

/** Its controller counts what we may not see, and knows no crash loop. */
function judgeUnseen(facts: FoundFacts, wanted: number, ready: number): Verdict {
  const unseen = `its pods are not seen: ${facts.podsTrouble}`;
  const state: State = ready === 0 ? 'down' : 'degraded';
  const told = ready >= wanted ? 'all ready' : `${ready} of ${wanted} ready`;
  return { state, note: [told, ...controllerTroubles(facts), unseen].join('; ') };
}

/** Enough pods are ready: what else is wrong does not take it down. */
function judgeWhole(facts: FoundFacts, wanted: number): Verdict {
  const { stages, readyReplicas, paused, updatedReplicas, justRestarted, badExit } = facts;
  const strange = firstOf(facts, 'strange');
  const troubles = [
    ...troublesOf(facts),
    ...((readyReplicas ?? 0) < wanted && !facts.isBehind
      ? [`its controller counts ${readyReplicas} of ${wanted} ready`]
      : []),
    ...(facts.isBehind ? ['its controller has not looked at its last change yet'] : []),
    ...(paused && (updatedReplicas ?? 0) < wanted ? ['paused in the middle of a rollout'] : []),
    ...(justRestarted ? [`restarted after ${badExit}`] : []),
  ];
  if (strange) return { state: 'unknown', note: `${strange.name}: ${strange.why}` };
  if (troubles.length > 0) return { state: 'degraded', note: troubles.join('; ') };
  const note = `${stages.ready} of ${wanted} ready${paused ? ', paused' : ''}`;
  return { state: 'up', note };
}

function judgeNoneReady(facts: FoundFacts): Verdict {
  const { stages, mayBeEmpty } = facts;
  const strange = firstOf(facts, 'strange');
  const moving = firstOf(facts, 'coming') ?? firstOf(facts, 'leaving');
  const troubles = troublesOf(facts);
  if (stages.broken > 0) return { state: 'down', note: troubles.join('; ') };
  if (strange) return { state: 'unknown', note: `${strange.name}: ${strange.why}` };
  if (moving) return { state: 'unknown', note: [wayOf(moving), ...troubles].join('; ') };
  const [over] = facts.pods;
  const note = over ? `no pod is left: ${over.name} ${over.why}` : 'it has no pod';
  if (troubles.length === 0 && mayBeEmpty)
    return { state: 'unknown', note: 'starting: no pod yet' };
  return { state: 'down', note: [note, ...troubles].join('; ') };
}

/** What starts or leaves, where nothing worse is to be told. */
function onTheWay(facts: FoundFacts): readonly string[] {
  const moving = firstOf(facts, 'coming') ?? firstOf(facts, 'leaving');
  return moving && facts.stages.broken + facts.stages.strange === 0 ? [wayOf(moving)] : [];
}

function wayOf({ name, stage, why }: PodFacts): string {
  return stage === 'leaving' ? `restarting: ${name} ${why}` : `starting: ${name}: ${why}`;
}

/** Of its pods, its rollout and its controller. */
function troublesOf(facts: FoundFacts): readonly string[] {
  const { stages, rollingTo } = facts;
  const broken = firstOf(facts, 'broken');
  const first = broken ?? firstOf(facts, 'strange');
  const others = stages.broken > 1 ? ` (and ${stages.broken - 1} more)` : '';
  const stuck = broken && rollingTo !== null ? [stuckRollout(broken, rollingTo)] : [];
  return [
    ...(first ? [`${first.name}: ${first.why}${others}`] : []),
    ...stuck,
    ...controllerTroubles(facts),
  ];
}

function controllerTroubles({ controllerTrouble }: FoundFacts): readonly string[] {
  return controllerTrouble === null ? [] : [controllerTrouble];
}

/** A StatefulSet waits for a broken pod for ever, also once its template is mended. */
function stuckRollout({ name, revision }: PodFacts, rollingTo: string): string {
  const whose = revision === rollingTo ? 'new' : 'old';
  return `its rollout waits for this ${whose} pod: once the template is right, delete ${name}`;
}

function firstOf({ pods }: FoundFacts, stage: PodStage): PodFacts | undefined {
  return pods.find((pod) => pod.stage === stage);
}
