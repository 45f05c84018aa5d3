import type { CheckReport, NodeReport, Report } from '../model/report.ts';
import { classOf } from '../model/state.ts';
import { glyphs } from './glyphs.ts';
import type { Painter } from './paint.ts';

/**
 * This machine's way into its tailnet where it is not well and its host's note does not say so: without
 * it no peer is seen, and nothing else on the page tells why.
 */
export function tailnetLines({ nodes }: Report, paint: Painter): readonly string[] {
  return nodes.flatMap((node) =>
    node.checks.filter((check) => isUntold(check, node)).map((check) => lineOf(check, paint)),
  );
}

/** A peer's check stands among its host's too, under the id of a part. */
function isUntold({ id, kind, state, note, because }: CheckReport, node: NodeReport): boolean {
  const isDaemon = kind === 'tailscale' && !id.includes('#');
  return isDaemon && because === null && classOf(state) !== 'good' && !node.note.includes(note);
}

function lineOf({ state, note, fault }: CheckReport, paint: Painter): string {
  const step = fault?.hint === undefined ? '' : ` → ${fault.hint}`;
  return `Tailscale: ${paint(state, glyphs[state])} ${paint(state, state)}  ${note}${step}`;
}
