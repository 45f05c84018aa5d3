import { setTimeout as wait } from 'node:timers/promises';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Transports } from '../contract.ts';
import type { KubeRequest } from '../contract-kube.ts';
import { untilAborted } from '../deadline.ts';
import { faultCodeOf } from './answer-fault.ts';
import type { Asked } from './asked.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { connectionTrouble } from './connection-trouble.ts';
import { doubled, type KubeTiming } from './timing.ts';
import { parseWatchEvent } from './watch-event.ts';
import { watchOnce } from './watch-once.ts';

/**
 * Why a cache is watched no longer. `expired`: its version is too old; `refused`: it may not be
 * watched; else what happened.
 */
export type WatchEnd = 'expired' | 'refused' | Error;

export interface WatchOrder extends Omit<KubeRequest, 'cluster'> {
  readonly access: ClusterAccess;
  readonly path: string;
  /** The version of the list that it goes on from. */
  readonly from: string;
  readonly timing: KubeTiming;
  readonly tls: Transports['tls'];
  /** How long a server may take to accept a watch. */
  acceptMs(): number;
  /** How long the next watch is to last. */
  watchSeconds(): number;
  /** The server was heard, and what it has is what we have. */
  proven(): void;
  put(object: JsonObject): void;
  remove(object: JsonObject): void;
  over(end: WatchEnd): void;
}

class WatchEndError extends Error {
  readonly end: WatchEnd;

  constructor(end: WatchEnd) {
    super('the watch is over');
    this.end = end;
  }
}

/**
 * Watches, and watches again where the last one ended, silently: a server ends each after a while,
 * and a line may break. Returns what stops it; `over` is called once unless it was stopped.
 */
export function keepWatching(order: WatchOrder): () => void {
  const stopping = new AbortController();
  const signal = AbortSignal.any([stopping.signal, order.access.signal]);
  watchOnAndOn(order, signal).catch((error: unknown) => {
    if (!signal.aborted) order.over(endOf(error));
  });
  return () => stopping.abort();
}

async function watchOnAndOn(order: WatchOrder, signal: AbortSignal): Promise<never> {
  const { timing } = order;
  let version = order.from;
  const line = (text: string): void => {
    version = hear(text, order) ?? version;
  };
  for (let quick = 0; ; ) {
    const startedMs = performance.now();
    await watchFrom(version, line, { ...order, signal });
    quick = performance.now() - startedMs < timing.shortestWatchMs ? quick + 1 : 0;
    const pauseMs = doubled(timing.shortestWatchMs, quick, timing.longestPauseMs);
    if (pauseMs > 0) await wait(pauseMs, undefined, { signal, ref: false });
  }
}

async function watchFrom(
  version: string,
  line: (text: string) => void,
  order: WatchOrder & { readonly signal: AbortSignal },
): Promise<void> {
  const { access, path, resource, namespace, timing, tls, signal } = order;
  const query = new URLSearchParams({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: version,
    timeoutSeconds: String(order.watchSeconds()),
  });
  const prepared = await untilAborted(signal, () => access.prepare(`${path}?${query}`, 'watch'));
  const asked: Asked = { verb: 'watch', resource, namespace, access, prepared };
  const { quietMs } = timing;
  const acceptMs = order.acceptMs();
  try {
    await watchOnce({ asked, signal, acceptMs, quietMs, accepted: order.proven, line });
  } catch (error) {
    if (error instanceof WatchEndError) throw error;
    throw await connectionTrouble(error, asked, { tls, signal, timeoutMs: acceptMs });
  }
}

/** The version that the watch has come to; null when the line does not say. */
function hear(text: string, order: WatchOrder): string | null {
  const event = parseWatchEvent(text);
  if (event.type === 'expired' || event.type === 'refused') throw new WatchEndError(event.type);
  if (event.type === 'garbage') {
    throw new FaultError(faultOf('protocol', 'its watch answered something that is no event'));
  }
  if (event.type === 'put') order.put(event.object);
  if (event.type === 'remove') order.remove(event.object);
  order.proven();
  return 'version' in event ? event.version : null;
}

function endOf(error: unknown): WatchEnd {
  if (error instanceof WatchEndError) return error.end;
  const code = faultCodeOf(error);
  if (code === 'forbidden' || code === 'not-found') return 'refused';
  return error instanceof Error ? error : new Error(String(error));
}
