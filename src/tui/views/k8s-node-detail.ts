import { textOf } from '../../model/read-facts.ts';
import type { NodeReport } from '../../model/report.ts';
import type { Known } from '../known.ts';
import { seg } from '../line.ts';
import { brokenLayer, checkLines } from './check-lines.ts';
import type { Detail, DetailFrame } from './contract.ts';
import { transitionLines } from './transition-lines.ts';

/** A node of a cluster: what its kubelet says, what keeps pods off it, what changed lately. */
export function k8sNodeDetail(known: Known, report: NodeReport, frame: DetailFrame): Detail {
  const prefix = report.checks[0]?.id ?? report.name;
  const cluster = textOf(report.facts['cluster']) ?? '';
  return {
    title: [seg(report.name, 'strong'), seg(` · node of cluster ${cluster}`)],
    aside: brokenLayer(report),
    lines: [
      ...checkLines(report.checks, frame),
      ...transitionLines(known, { prefix, times: frame.times }),
    ],
  };
}
