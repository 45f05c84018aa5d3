import * as z from 'zod';
import type { JsonObject } from '../../model/json.ts';
import type { Part } from '../../model/result.ts';
import { defineKind, type Previous } from '../contract.ts';
import type { ClusterFacts, NodeFacts } from './facts.ts';
import { judgeCluster } from './judge.ts';
import { judgeNode } from './judge-node.ts';
import { observe } from './observe.ts';

/** A Kubernetes cluster: that it is the right one, answers, and has nodes that take pods. */
export const cluster = defineKind({
  kind: 'cluster',
  summary: 'A Kubernetes API answers, and its nodes are ready. Made from `clusters`.',
  spec: z.strictObject({ cluster: z.string() }),
  observe: (_spec, context) => observe(context),
  judge: (facts: ClusterFacts) => judgeCluster(facts),
  parts: ({ nodes, nodesTrouble, knownNodes }: ClusterFacts, previous) =>
    nodesTrouble === null
      ? nodes.map(partOf)
      : knownNodes.map((name) => unseenPart(name, nodesTrouble, previous)),
});

function partOf(node: NodeFacts): Part {
  const { name, ...seen } = node;
  const facts = seen as unknown as JsonObject;
  return { id: name, kind: 'k8s-node', name, verdict: judgeNode(node), facts };
}

/** A node that may no longer be looked at has not gone. */
function unseenPart(name: string, trouble: string, previous: Previous | null): Part {
  const verdict = { state: 'unknown', note: `not seen: ${trouble}` } as const;
  return {
    id: name,
    kind: 'k8s-node',
    name,
    verdict,
    facts: previous?.partOf?.(name)?.facts ?? {},
  };
}
