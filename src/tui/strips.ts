import type { Health, NetworkState } from '../model/health.ts';
import { classOf } from '../model/state.ts';

/** So many samples of a check are remembered, the oldest forgotten first. */
export const stripLength = 60;

/** The last samples of every check, one cell each. It only ever grows by what has been sampled. */
export interface Strips {
  /** Takes what was folded anew since the last time. */
  add(state: NetworkState): void;
  /** The last cells of a check, oldest first: "▁▁▂▁✕✕▁". */
  of(id: string, cells: number): string;
}

/** Latency on a scale of its own, a little over three times for each step: 1 ms, 3, 10, … 3 s. */
const levels = '▁▂▃▄▅▆▇█';

export function createStrips(): Strips {
  const cells = new Map<string, string[]>();
  const seen = new Map<string, Health>();
  return {
    add: ({ health }) => {
      for (const [id, one] of Object.entries(health)) {
        if (seen.get(id) === one) continue;
        seen.set(id, one);
        const strip = cells.get(id) ?? [];
        cells.set(id, strip);
        strip.push(cellOf(one));
        if (strip.length > stripLength) strip.shift();
      }
      if (seen.size > Object.keys(health).length) forgetGone(health);
    },
    of: (id, count) => (cells.get(id) ?? []).slice(-count).join(''),
  };

  function forgetGone(health: NetworkState['health']): void {
    for (const id of [...seen.keys()]) {
      if (Object.hasOwn(health, id)) continue;
      seen.delete(id);
      cells.delete(id);
    }
  }
}

/** A failure is marked, what could not be looked at is a point, all else is how long it took. */
function cellOf({ state, latencyMs }: Health): string {
  if (state === 'down') return '✕';
  if (classOf(state) === 'unmeasured') return '·';
  const step = Math.floor(Math.log10(Math.max(1, latencyMs ?? 1)) * 2);
  return levels[Math.min(levels.length - 1, step)] ?? '▁';
}
