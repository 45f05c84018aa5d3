import type { Verdict } from '../../model/result.ts';
import type { NodeFacts } from './facts.ts';

/** The taints that a cluster sets by itself for what its conditions say already. */
const impliedBy: Readonly<Record<string, string>> = {
  'node.kubernetes.io/memory-pressure': 'MemoryPressure',
  'node.kubernetes.io/disk-pressure': 'DiskPressure',
  'node.kubernetes.io/pid-pressure': 'PIDPressure',
  'node.kubernetes.io/network-unavailable': 'NetworkUnavailable',
};
const cordonTaint = 'node.kubernetes.io/unschedulable';

/** A node by its conditions and by what keeps pods off it. */
export function judgeNode(node: NodeFacts): Verdict {
  const { ready, readyWhy, roles, version } = node;
  if (ready === null) return { state: 'unknown', note: 'its kubelet has not reported yet' };
  if (ready === 'Unknown') return { state: 'down', note: 'its kubelet stopped reporting' };
  const troubles = troublesOf(node);
  if (ready === 'False') {
    const note = `not ready${readyWhy === null ? '' : `: ${readyWhy}`}`;
    return { state: 'down', note: [note, ...troubles].join('; ') };
  }
  if (ready !== 'True') return { state: 'unknown', note: `its condition Ready is "${ready}"` };
  if (troubles.length > 0) return { state: 'degraded', note: troubles.join('; ') };
  const note = [roles.join(', '), version ?? ''].filter((text) => text !== '').join(' ');
  return { state: 'up', note };
}

function troublesOf({ pressure, taints, cordoned }: NodeFacts): readonly string[] {
  const own = taints.filter((taint) => {
    const key = taint.replace(/[=:].*$/, '');
    return !(cordoned && key === cordonTaint) && !pressure.includes(impliedBy[key] ?? '');
  });
  return [
    ...pressure,
    ...(cordoned ? ['cordoned: takes no new pods'] : []),
    ...own.map((taint) => `tainted ${taint}`),
  ];
}
