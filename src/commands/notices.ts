import type { WatchedStore } from '../watch/store.ts';

/** Whose trouble it is; of several the first stands in the footer. */
const abouts = ['inventory', 'state'] as const;

type About = (typeof abouts)[number];

/** Takes what stands in the way now, null when nothing does any more. */
export type Notices = (about: About, words: string | null) => void;

/**
 * Shows what stands in the way as long as it does. Each is logged when it comes and when it has gone:
 * who reads the log of a cockpit that ran for months must find it there.
 */
export function createNotices(
  store: Pick<WatchedStore, 'getState' | 'setState'>,
  log: (line: string, about: About) => void,
): Notices {
  const standing: Partial<Record<About, string>> = {};
  return (about, words) => {
    const before = standing[about];
    if (words === (before ?? null)) return;
    if (words === null) {
      delete standing[about];
      log(`this is over: ${before}`, about);
    } else {
      standing[about] = words;
      log(words, about);
    }
    const first = abouts.find((one) => standing[one] !== undefined);
    const notice = first === undefined ? null : (standing[first] ?? null);
    if (notice !== store.getState().notice) store.setState({ notice });
  };
}
