import { createPoller, type Poller } from '../../watch/poller.ts';
import type { WatchedStore } from '../../watch/store.ts';
import type { KeepContext } from '../keep-last-known.ts';
import { type Lock, takePollLock } from '../lock.ts';
import type { OpenNetwork } from '../open-network.ts';
import { whyNotKept } from '../why-not-kept.ts';
import { type Following, followCockpit } from './follow-cockpit.ts';
import { holdWatch } from './hold-watch.ts';
import type { Order } from './messages.ts';
import { obey } from './obey.ts';
import { watchManaged } from './watch-managed.ts';

/** A watch of a network of which one process at a time does the work. */
export interface SharedWatch {
  /** Resolves when it is known who polls: this process, or one whose state has come. */
  readonly begun: Promise<void>;
  /** Whether what the store holds is another process's. */
  isFollowing(): boolean;
  order(what: Order['do']): void;
  stop(): Promise<void>;
}

/** How long whoever holds the lock is given to answer, and how often the lock is tried meanwhile. */
const patienceMs = 2000;
const retryMs = 150;
/** Who polls for itself is in no hurry to be the one who keeps the state. */
const aloneRetryMs = 1500;

/** What one watch goes through: it follows, or polls alone, until the lock is its own. */
interface Watch {
  readonly open: OpenNetwork;
  readonly store: WatchedStore;
  readonly context: KeepContext;
  readonly ending: AbortController;
  begin: () => void;
  /** Whoever polls is silent: it is tried again meanwhile. */
  alone: boolean;
  /** That nothing can be kept has been said. */
  told: boolean;
  poller: Poller | null;
  following: Following | null;
  release: (() => Promise<void>) | null;
  /** Ends what looks for changes of managed files. */
  unwatch: () => void;
}

/**
 * Fills a store with the state of the network: from the process that polls it already, else by
 * polling. When that process ends, one of those that followed goes on where it stopped.
 */
export function watchTogether(
  open: OpenNetwork,
  store: WatchedStore,
  context: KeepContext,
): SharedWatch {
  const ending = new AbortController();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const none = { poller: null, following: null, release: null, unwatch: () => {} };
  const watch: Watch = { open, store, context, ending, begin, alone: false, told: false, ...none };
  const run = watchUntilHeld(watch);
  return {
    begun,
    isFollowing: () => watch.following !== null,
    order: (what) => {
      if (watch.poller) obey(watch.poller, what);
      else watch.following?.order({ do: what });
    },
    stop: async () => {
      ending.abort();
      await run;
      watch.unwatch();
      await (watch.release ? watch.release() : watch.poller?.stop());
      begin();
    },
  };
}

async function watchUntilHeld(watch: Watch): Promise<void> {
  const { open, ending } = watch;
  let patientUntilMs = performance.now() + patienceMs;
  while (!ending.signal.aborted) {
    const lock = await lockOf(watch);
    if (lock === 'none') {
      if (!watch.poller) poll(watch);
    } else if (lock) {
      return hold(watch, lock);
    } else if (!watch.poller || watch.alone) {
      const how = await follow(watch);
      if (ending.signal.aborted) return;
      if (how === 'gone') patientUntilMs = performance.now() + patienceMs;
      else if (!watch.poller && (how !== 'not-there' || performance.now() > patientUntilMs)) {
        tellOnce(watch, { line: whyAlone[how], notice: whyAlone[how] });
        watch.alone = how !== 'another-network';
        poll(watch);
      }
    }
    await open.transports.clock
      .sleep(watch.poller ? aloneRetryMs : retryMs, ending.signal)
      .catch(() => {});
  }
}

const whyAlone = {
  'another-network':
    'another joelclaw polls this network with another inventory or version: this one asks for itself, and keeps nothing',
  silent:
    'the joelclaw that polls this network has fallen silent: this one asks for itself until it answers, and keeps nothing',
  'not-there':
    'another joelclaw polls this network and does not answer: this one asks for itself, and keeps nothing',
} as const;

/**
 * `none` where the state folder cannot be written: then there is nothing to share either. That is told
 * once, and tried again: a disk gets room.
 */
async function lockOf(watch: Watch): Promise<Lock | 'none' | null> {
  const { open, context } = watch;
  try {
    const lock = await takePollLock(open.stateFolder);
    if (watch.told) context.onKept?.(null);
    return lock;
  } catch (error) {
    const why = whyNotKept(error);
    tellOnce(watch, {
      line: `the state of this network can be neither kept nor shared (${why}): ${open.stateFolder}`,
      notice: `nothing is kept or shared: ${why}`,
    });
    return 'none';
  }
}

/** A notice stands beside the keys: the line has the place of it. */
function tellOnce(watch: Watch, { line, notice }: { line: string; notice: string }): void {
  if (!watch.told) watch.context.warn(line);
  watch.told = true;
  watch.context.onKept?.(notice);
}

function poll(watch: Watch): void {
  const { open, store } = watch;
  watch.poller = createPoller({ network: open.network, transports: open.transports, store });
  watch.poller.start();
  watch.unwatch = watchManaged(open, watch.poller.askNow);
  watch.begin();
}

/** Whoever polls answers again. */
function pollNoMore(watch: Watch): void {
  if (!watch.poller) return;
  watch.unwatch();
  void watch.poller.stop();
  watch.poller = null;
  watch.alone = false;
  watch.context.onKept?.(null);
}

async function hold(watch: Watch, lock: Lock): Promise<void> {
  const { open, store, context } = watch;
  if (!watch.poller) poll(watch);
  if (watch.poller)
    watch.release = await holdWatch({ open, store, poller: watch.poller, lock }, context);
}

async function follow(watch: Watch): ReturnType<() => Following['ended']> {
  const following = followCockpit(watch.open, watch.store, () => {
    pollNoMore(watch);
    watch.following = following;
    watch.begin();
  });
  watch.ending.signal.addEventListener('abort', following.stop, { once: true });
  try {
    return await following.ended;
  } finally {
    watch.ending.signal.removeEventListener('abort', following.stop);
    watch.following = null;
  }
}
