import type { NodeLink } from '../model/report.ts';

/** "direct", "via fra" for a relayed way, "offline"; '' when the host is no peer. */
export function linkText(link: NodeLink | null): string {
  if (link === null) return '';
  const { state, via } = link;
  return state === 'relayed' && via !== null ? `via ${via}` : state;
}
