import type { FoundFacts, PodFacts, PodStage } from './facts.ts';

/** So many pods are kept of a workload; all of them are counted. */
const mostPods = 12;
/** The window of the one rule for crash loops. */
const windowMs = 5 * 60_000;

const order: readonly PodStage[] = ['broken', 'strange', 'coming', 'leaving', 'ready', 'finished'];

type OfPods = Pick<
  FoundFacts,
  'stages' | 'pods' | 'starts' | 'badExit' | 'justRestarted' | 'upSeconds'
>;

/** What a workload's pods come to. One that is over or leaves counts no restarts any more. */
export function podsFacts(pods: readonly PodFacts[], nowMs: number): OfPods {
  const count = (stage: PodStage): number => pods.filter((pod) => pod.stage === stage).length;
  const current = pods.filter(({ stage }) => stage !== 'finished' && stage !== 'leaving');
  const newest = current
    .filter(({ badExit }) => badExit !== null)
    .toSorted((a, b) => ((a.badExitAt ?? '') < (b.badExitAt ?? '') ? 1 : -1))[0];
  const endedMs = Date.parse(newest?.badExitAt ?? '');
  const started = current.map(({ startedAt }) => Date.parse(startedAt ?? '') || 0);
  const youngestMs = Math.max(0, ...started);
  return {
    stages: {
      ready: count('ready'),
      coming: count('coming'),
      broken: count('broken'),
      leaving: count('leaving'),
      finished: count('finished'),
      strange: count('strange'),
    },
    pods: pods
      .toSorted((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage))
      .slice(0, mostPods),
    starts: current.reduce((sum, { restarts }) => sum + restarts, 0),
    badExit: newest?.badExit ?? null,
    justRestarted: newest?.startedAt != null && Math.abs(nowMs - endedMs) <= windowMs,
    upSeconds: youngestMs === 0 ? null : Math.max(0, Math.floor((nowMs - youngestMs) / 1000)),
  };
}
