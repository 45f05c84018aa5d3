import type { Verdict } from '../../model/result.ts';
import { classOf } from '../../model/state.ts';
import type { ClusterFacts, NodeFacts } from './facts.ts';
import { judgeNode } from './judge-node.ts';

/**
 * A cluster whose API answers is at most degraded by what is wrong in it or may not be seen; only
 * where no node is left to run anything is it down.
 */
export function judgeCluster(facts: ClusterFacts): Verdict {
  const { nodes, nodesTrouble } = facts;
  const judged = nodes.map((node) => ({ node, verdict: judgeNode(node) }));
  const troubled = judged.filter(({ verdict }) => classOf(verdict.state) !== 'good');
  const told = troubled.map(({ node, verdict }) => `${node.name}: ${verdict.note}`);
  const allDown = judged.length > 0 && judged.every(({ verdict }) => verdict.state === 'down');
  if (allDown) return { state: 'down', note: `no node is ready: ${firstOf(told)}` };
  const troubles = [
    ...identityTroubles(facts),
    ...(told.length === 0 ? [] : [firstOf(told)]),
    ...(nodes.length === 0 && nodesTrouble === null ? ['it has no node'] : []),
    ...namespaceTroubles(facts),
    ...(nodesTrouble === null ? [] : [`nodes are not seen: ${nodesTrouble}`]),
  ];
  if (troubles.length > 0) return { state: 'degraded', note: troubles.join('; ') };
  return { state: 'up', note: wellNote(nodes) };
}

function identityTroubles({ name, uid, knownUid, namespacesTrouble }: ClusterFacts) {
  if (namespacesTrouble !== null) return [];
  if (uid === null) return ['kube-system is not listed: which cluster this is cannot be told'];
  if (uid === knownUid) return [];
  return [
    `another cluster than before answers here: its uid is ${uid}, that of ${name} was ${knownUid}; set clusters[].uid to the right one`,
  ];
}

function namespaceTroubles({ namespaces, namespacesTrouble }: ClusterFacts): readonly string[] {
  if (namespacesTrouble !== null) return [`namespaces are not seen: ${namespacesTrouble}`];
  const missing = namespaces.filter(({ exists }) => !exists).map(({ name }) => name);
  return missing.length === 0 ? [] : [`no namespace ${missing.join(', ')}`];
}

/** The API's version is not asked for: the kubelets' is what runs. */
function wellNote(nodes: readonly NodeFacts[]): string {
  const versions = [...new Set(nodes.map(({ version }) => version ?? '?'))].sort();
  const counted = nodes.length === 1 ? '1 node' : `${nodes.length} nodes`;
  return `${counted}, ${versions.join(', ')}`;
}

function firstOf(told: readonly string[]): string {
  const [first = '', ...others] = told;
  return others.length === 0 ? first : `${first} (and ${others.length} more)`;
}
