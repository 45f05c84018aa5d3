import type { WatchedStore } from '../watch/store.ts';

/** Whose trouble it is; of several the first stands in the footer. */
const abouts = ['inventory', 'state'] as const;

/** Takes what stands in the way now, null when nothing does any more. */
export type Notices = (about: (typeof abouts)[number], words: string | null) => void;

/**
 * Shows what stands in the way as long as it does. Each is logged when it comes and when it has gone:
 * who reads the log of a cockpit that ran for months must find it there.
 */
export function createNotices(
  store: Pick<WatchedStore, 'getState' | 'setState'>,
  log: (line: string) => void,
): Notices {
  const standing: Partial<Record<(typeof abouts)[number], string>> = {};
  return (about, words) => {
    const before = standing[about];
    if (words === (before ?? null)) return;
    if (words === null) {
      delete standing[about];
      log(`this is over: ${before}`);
    } else {
      standing[about] = words;
      log(words);
    }
    const first = abouts.find((one) => standing[one] !== undefined);
    const notice = first === undefined ? null : (standing[first] ?? null);
    if (notice !== store.getState().notice) store.setState({ notice });
  };
}
