import { probeNames } from '../../audit/collect/probe-names.ts';
import { auditScript } from '../../audit/collect/script.ts';

/** How far an audit is: the probe at work, and which of all of them it is. */
export interface Progress {
  readonly probe: string | null;
  readonly begun: number;
  readonly of: number;
}

/** Before the first; then after each that begins. A probe of a process, a user or a page counts as the last before it. */
export function createProgress(): { readonly now: () => Progress; begin(probe: string): void } {
  const names = probeNames(auditScript);
  let at: Progress = { probe: null, begun: 0, of: names.length };
  return {
    now: () => at,
    begin: (probe) => {
      at = { ...at, probe, begun: Math.max(at.begun, names.indexOf(probe) + 1) };
    },
  };
}
