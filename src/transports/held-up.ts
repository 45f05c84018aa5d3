/** While somebody waits, this process looks this often whether it still comes to its turns. */
const tickMs = 250;

let waiting = 0;
let lostMs = 0;
let dueMs = 0;
let ticker: NodeJS.Timeout | undefined;

/** How long this process could not listen since a moment. */
export interface HeldUp {
  /** Milliseconds in which it was busy, stopped, or given no processor. */
  lostMs(): number;
  end(): void;
}

/**
 * Measures from now on how late this process comes to its own turns. It holds nothing alive, and
 * costs nothing while nobody waits.
 */
export function beginHeldUp(): HeldUp {
  if (waiting++ === 0) {
    dueMs = performance.now() + tickMs;
    ticker = setInterval(tick, tickMs).unref();
  }
  const beforeMs = lostSoFarMs();
  return {
    lostMs: () => lostSoFarMs() - beforeMs,
    end: () => {
      if (--waiting === 0) clearInterval(ticker);
    },
  };
}

function tick(): void {
  lostMs = lostSoFarMs();
  dueMs = performance.now() + tickMs;
}

/** A tick that is due and has not come counts too: timers of one moment come in any order. */
function lostSoFarMs(): number {
  return lostMs + Math.max(0, performance.now() - dueMs);
}
