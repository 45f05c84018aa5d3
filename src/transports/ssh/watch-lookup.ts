import { lookup } from 'node:dns';
import { isIP } from 'node:net';

/**
 * Looks up a name beside the system's ssh, which does not say how far it has come; returns whether a
 * resolver has answered yet, whatever its answer.
 */
export function watchLookup(hostname: string): () => boolean {
  let answered = isIP(hostname) !== 0;
  if (!answered) {
    lookup(hostname, () => {
      answered = true;
    });
  }
  return () => answered;
}
