import type { Network } from '../model/check.ts';
import type { NetworkState } from '../model/health.ts';
import { createWatchedStore } from '../watch/store.ts';
import { type CockpitOptions, openCockpit } from './cockpit.ts';

/** What the first frame of a cockpit comes of. */
export interface RestoredFrameOptions
  extends Pick<CockpitOptions, 'size' | 'meta' | 'theme' | 'remembered'> {
  readonly network: Network;
  readonly lastKnown: NetworkState;
}

/** The first frame that a cockpit draws of the last known state, before anything has answered. */
export function restoredFrame({
  network,
  lastKnown,
  ...options
}: RestoredFrameOptions): readonly string[] {
  const nowMs = Date.parse(lastKnown.at ?? '') || 0;
  const cockpit = openCockpit({
    ...options,
    store: createWatchedStore(network, { nowMs, lastKnown }),
    onIntent: () => {},
    onError: (error) => {
      throw error;
    },
  });
  const { lines } = cockpit.frames.getState();
  cockpit.close();
  return lines;
}
