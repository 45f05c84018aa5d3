import type { BoundCheck } from '../kinds/contract.ts';
import type { Network } from '../model/check.ts';
import { classOf } from '../model/state.ts';
import type { Clock, Transports } from '../transports/contract.ts';
import { childrenOfRecovered, parentsOfFailed } from './after-round.ts';
import { type Commits, createCommits } from './commits.ts';
import { policyOf, runOnce } from './sample.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import type { WatchedStore } from './store.ts';
import { clockJumped, forgetStreaks, type Moment } from './wake.ts';

/** What is polled, by which means, and where it is kept. */
export interface PollerOptions {
  readonly network: Network<BoundCheck>;
  readonly transports: Transports;
  /** The poller is its only writer. */
  readonly store: WatchedStore;
}

/** A sample of the network, repeated for ever, each check at its own pace. */
export interface Poller {
  start(): void;
  /** Ends what runs and resolves when it has ended; results that come after it are dropped. */
  stop(): Promise<void>;
  /** Resolves when nothing runs or is due and every result has been folded. */
  idle(): Promise<void>;
  /** Makes every check due at once and forgets back-offs. */
  pollNow(): void;
  /** Somebody looks: what is dead and asked seldom is asked now. */
  resetBackOffs(): void;
  /** Makes these checks due at once, but for those that run already. */
  askNow(ids: readonly string[]): void;
  pause(): void;
  resume(): void;
}

/** What the parts of a running poller share. */
interface Run extends PollerOptions {
  readonly clock: Clock;
  readonly schedule: Schedule;
  readonly commits: Commits;
  readonly ending: AbortController;
  readonly idlers: (() => void)[];
  /** Ends the loop's rest early. */
  wake: () => void;
}

/** Ages and staleness are judged anew this often even when nothing answers. */
const tickMs = 1000;
/** A gap of more than this between plan and fact is sleep, not lateness. */
const jumpSlackMs = 20_000;

/** Builds a poller; nothing runs until `start`. */
export function createPoller(options: PollerOptions): Poller {
  const run = createRun(options);
  const { store, ending } = run;
  let loop: Promise<void> = Promise.resolve();
  const pollNow = (): void => {
    hastenAll(run);
    run.wake();
  };
  return {
    start: () => {
      loop = watchForEver(run);
    },
    stop: async () => {
      ending.abort();
      run.wake();
      await loop;
    },
    idle: () =>
      isIdle(run) ? Promise.resolve() : new Promise((resolve) => run.idlers.push(resolve)),
    pollNow,
    resetBackOffs: () => {
      run.schedule.resetBackOffs(run.clock.monotonicMs());
      run.wake();
    },
    askNow: (ids) => {
      run.schedule.askNow(ids, run.clock.monotonicMs());
      run.wake();
    },
    pause: () => store.setState({ paused: true }),
    resume: () => {
      store.setState({ paused: false });
      pollNow();
    },
  };
}

function createRun(options: PollerOptions): Run {
  const { network, transports, store } = options;
  const { clock } = transports;
  const schedule = createSchedule(network.checks, clock.monotonicMs());
  const ending = new AbortController();
  const run: Run = {
    ...options,
    clock,
    schedule,
    ending,
    idlers: [],
    wake: () => {},
    commits: createCommits({
      store,
      clock,
      signal: ending.signal,
      busy: () => schedule.runningCount() > 0,
      onRound: (before, round) => {
        const nowMs = clock.monotonicMs();
        schedule.hasten(childrenOfRecovered(network, before, round), nowMs, true);
        schedule.askNow(parentsOfFailed(network, before, round), nowMs);
        if (isIdle(run)) for (const resolve of run.idlers.splice(0)) resolve();
        run.wake();
      },
    }),
  };
  return run;
}

async function watchForEver(run: Run): Promise<void> {
  const { clock, schedule, store, ending } = run;
  const running = new Set<Promise<void>>();
  while (!ending.signal.aborted) {
    const { paused } = store.getState();
    const due = paused ? [] : schedule.take(clock.monotonicMs());
    for (const bound of due) {
      const one: Promise<void> = runAndCommit(run, bound).finally(() => running.delete(one));
      running.add(one);
    }
    const untilNextMs = paused ? tickMs : schedule.untilNextMs(clock.monotonicMs());
    await restOrWake(run, Math.min(untilNextMs ?? tickMs, tickMs));
  }
  await Promise.all(running);
}

async function restOrWake(run: Run, plannedMs: number): Promise<void> {
  const { clock, store, ending } = run;
  const before = momentOf(clock);
  const rested = clock.sleep(plannedMs, ending.signal).catch(() => {});
  await Promise.race([rested, new Promise<void>((resolve) => (run.wake = resolve))]);
  if (ending.signal.aborted) return;
  if (clockJumped(before, momentOf(clock), { plannedMs, slackMs: jumpSlackMs })) {
    store.setState({ state: forgetStreaks(store.getState().state) });
    hastenAll(run);
  }
  // A commit has just told the time: telling it again would have every reader look twice.
  if (Math.abs(clock.now() - store.getState().nowMs) >= tickMs / 2) {
    store.setState({ nowMs: clock.now() });
  }
}

async function runAndCommit(run: Run, bound: BoundCheck): Promise<void> {
  const { store, transports, clock, schedule, commits, ending } = run;
  const previous = store.getState().state;
  const result = await runOnce(bound, transports, { previous, signal: ending.signal });
  if (ending.signal.aborted) return;
  const { state } = result.verdict;
  // What we could not listen to is asked again soon, however long that is true.
  const isUnheard = result.fault?.code === 'aborted';
  const known = isUnheard ? undefined : store.getState().state.health[bound.id];
  const isOutdated = schedule.isOutdated(bound.id) && classOf(state) !== 'good';
  const at = { nowMs: clock.monotonicMs(), random: clock.random() };
  const waitMs = schedule.answered(bound.id, { state, known, ...at });
  // What went wrong on a way that was broken then is not told now that it is whole.
  if (isOutdated) return run.wake();
  commits.add({ result, policy: policyOf(bound, waitMs) });
}

function isIdle({ schedule, commits, clock, store }: Run): boolean {
  const due = !store.getState().paused && schedule.untilNextMs(clock.monotonicMs()) === 0;
  return schedule.runningCount() === 0 && commits.isEmpty() && !due;
}

function hastenAll({ network, schedule, clock }: Run): void {
  schedule.hasten(
    network.checks.map(({ id }) => id),
    clock.monotonicMs(),
  );
}

function momentOf(clock: Clock): Moment {
  return { wallMs: clock.now(), monotonicMs: clock.monotonicMs() };
}
