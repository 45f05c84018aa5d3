import type { ServerResponse } from 'node:http';
import { fits, type KubeAsked, type KubeWhich } from './kube-asked.ts';
import type { KubeStore } from './kube-store.ts';

/** A request that is not yet answered to its end. */
export interface OpenAnswer {
  readonly asked: KubeAsked;
  readonly response: ServerResponse;
}

/** The watches that are open. */
interface KubeWatches {
  /** Accepts one; it gets these lines instead of what the store tells, unless they are null. */
  start(answer: OpenAnswer, lines: readonly string[] | null): void;
  open(which?: KubeWhich): readonly OpenAnswer[];
  /** As a real one does at its time-out: it says where the next watch may go on, if asked to. */
  end(answer: OpenAnswer): void;
}

export function createKubeWatches(store: KubeStore, tell: () => void): KubeWatches {
  const watches = new Set<OpenAnswer>();
  const end: KubeWatches['end'] = ({ asked, response }) => {
    const wanted = asked.query.get('allowWatchBookmarks') === 'true';
    if (wanted) response.write(`${store.bookmarkFor(asked.resource)}\n`);
    response.end();
  };
  const start: KubeWatches['start'] = (answer, lines) => {
    const { asked, response } = answer;
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    const say = (line: string): void => void response.write(`${line}\n`);
    watches.add(answer);
    const seconds = Number(asked.query.get('timeoutSeconds') ?? 1800);
    const timer = setTimeout(() => end(answer), seconds * 1000);
    const leave = lines === null ? store.follow(asked, say) : () => {};
    for (const line of lines ?? []) say(line);
    response.once('close', () => {
      clearTimeout(timer);
      leave();
      watches.delete(answer);
      tell();
    });
  };
  const open: KubeWatches['open'] = (which = {}) =>
    [...watches].filter(({ asked }) => fits(asked, which));
  return { start, open, end };
}
