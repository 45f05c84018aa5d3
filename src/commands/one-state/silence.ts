/** Seconds without a word after which whoever polls is asked for one, and those it has for it. */
const askAfter = 2;
const endAfter = 5;

/** How long nothing was heard of another process, counted in ticks of this one. */
export interface Silence {
  heard(): void;
  tick(): void;
}

/**
 * A process that is stopped says nothing, and nor does one that has nothing to tell: it is asked first.
 * Ticks are counted and not time: between two of them this process has read what came while it was
 * stopped itself.
 */
export function createSilence(ask: () => void, end: () => void): Silence {
  let ticks = 0;
  return {
    heard: () => {
      ticks = 0;
    },
    tick: () => {
      ticks++;
      if (ticks === askAfter) ask();
      else if (ticks === endAfter) end();
    },
  };
}
