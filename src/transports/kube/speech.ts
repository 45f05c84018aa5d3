/** That a server has answered as an API server does: then what is wrong with one answer is that answer. */
export interface Speech {
  heard(): void;
  isFresh(): boolean;
}

const goodForMs = 60_000;

/** Nothing has been heard yet. */
export function createSpeech(): Speech {
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    heard: () => {
      lastMs = performance.now();
    },
    isFresh: () => performance.now() - lastMs <= goodForMs,
  };
}
