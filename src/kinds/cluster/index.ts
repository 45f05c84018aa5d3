import * as z from 'zod';
import type { JsonObject } from '../../model/json.ts';
import type { Part } from '../../model/result.ts';
import { defineKind } from '../contract.ts';
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
  parts: ({ nodes }: ClusterFacts) => nodes.map(partOf),
});

function partOf(node: NodeFacts): Part {
  const { name, ...seen } = node;
  const facts = seen as unknown as JsonObject;
  return { id: name, kind: 'k8s-node', name, verdict: judgeNode(node), facts };
}
