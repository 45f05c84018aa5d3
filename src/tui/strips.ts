import type { Health, NetworkState } from '../model/health.ts';
import { classOf } from '../model/state.ts';
import { latencyStep } from './times.ts';

/** So many samples of a check are remembered, the oldest forgotten first. */
export const stripLength = 60;

/** The last samples of every check, one cell each. It only ever grows by what has been sampled. */
export interface Strips {
  /** Takes what was folded anew since the last time. */
  add(state: NetworkState): void;
  /** The last cells of a check, oldest first: "▁▁▂▁✕✕▁". */
  of(id: string, cells: number): string;
}

/**
 * The 1-2-5 steps of latency, neighbours drawn alike: 1 and 2 ms, 5, 10 and 20, 50, …,
 * 1 and 2 s, 5 s and more. What stays in the step that is told in words stays as it is drawn.
 */
const levels = [
  [2, '▁'],
  [5, '▂'],
  [20, '▃'],
  [50, '▄'],
  [200, '▅'],
  [500, '▆'],
  [2000, '▇'],
] as const;

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
  const step = latencyStep(latencyMs ?? 1);
  return levels.find(([upTo]) => step <= upTo)?.[1] ?? '█';
}
