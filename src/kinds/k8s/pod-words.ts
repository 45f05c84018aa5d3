import type { Cluster } from '../../model/inventory.ts';
import type { ObserveContext } from '../contract.ts';
import { type LastWords, type Log, lastWords } from '../unit/last-words.ts';
import type { FoundFacts, PodFacts } from './facts.ts';
import { judge } from './judge.ts';

const lines = 40;

type Silent = Omit<FoundFacts, 'lastWords'>;

/**
 * What the first of a workload's pods in trouble has said last: of the run that ended, else of the one
 * that goes on. Null also where `pods/log` may not be read.
 */
export function podWords(
  facts: Silent,
  cluster: Cluster,
  context: ObserveContext,
): Promise<LastWords | null> {
  const { state } = judge({ ...facts, lastWords: null });
  const pod =
    facts.pods.find((one) => one.speaker !== null && one.stage !== 'ready') ??
    facts.pods.find(({ badExit }) => badExit !== null && badExit === facts.badExit);
  const speaker = {
    isUnwell: state === 'down' || state === 'degraded',
    starts: facts.starts,
    logs: pod ? logsOf(pod, facts.workload, cluster) : [],
  };
  return lastWords(speaker, context);
}

function logsOf(
  { name: pod, speaker, badExit }: PodFacts,
  workload: string,
  cluster: Cluster,
): readonly Log[] {
  const [namespace] = workload.split('/') as [string];
  const log = (previous: boolean): Log => ({
    from: `pod/${pod}`,
    end: ({ transports, options }) => {
      const container = speaker ?? '';
      const request = { cluster, namespace, pod, container, previous, lines };
      return transports.podLog(request, options);
    },
  });
  if (speaker === null) return [];
  return badExit === null ? [log(false)] : [log(true), log(false)];
}
