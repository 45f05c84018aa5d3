import type { BoundCheck } from '../kinds/contract.ts';
import type { Network } from '../model/check.ts';
import type { JsonObject } from '../model/json.ts';
import { classOf } from '../model/state.ts';
import { withFacts } from '../model/with-facts.ts';
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
  /** Replaces what the next samples of some checks go on from, and asks for these at once. */
  goOnFrom(facts: Readonly<Record<string, JsonObject>>): void;
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
  /** When the loop goes on by itself, on the monotonic clock. */
  restsUntilMs: number;
  /** Ends the loop's rest early. */
  wake: () => void;
}

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
  const askNow = (ids: readonly string[]): void => {
    run.schedule.askNow(ids, run.clock.monotonicMs());
    run.wake();
  };
  return {
    start: () => {
      loop = watchForEver(run);
    },
    stop: async () => {
      run.commits.fold();
      ending.abort();
      run.wake();
      await loop;
    },
    idle: () => {
      if (run.schedule.runningCount() === 0) run.commits.fold();
      return isIdle(run) ? Promise.resolve() : new Promise((resolve) => run.idlers.push(resolve));
    },
    pollNow,
    resetBackOffs: () => {
      run.schedule.resetBackOffs(run.clock.monotonicMs());
      run.wake();
    },
    askNow,
    goOnFrom: (facts) => {
      // What waits was made of the facts of before.
      run.commits.fold();
      store.setState(({ state }) => ({ state: withFacts(state, facts) }));
      askNow(Object.keys(facts));
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
    restsUntilMs: 0,
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
  const { clock, schedule, store, commits, ending } = run;
  const running = new Set<Promise<void>>();
  while (!ending.signal.aborted) {
    const { paused } = store.getState();
    const due = paused ? [] : schedule.take(clock.monotonicMs());
    // A sample goes on from the one before it.
    if (due.some(({ id }) => commits.holds(id))) commits.fold();
    for (const bound of due) {
      const one: Promise<void> = runAndCommit(run, bound).finally(() => running.delete(one));
      running.add(one);
    }
    const untilNextMs = paused ? null : schedule.untilNextMs(clock.monotonicMs());
    await restOrWake(run, Math.min(untilNextMs ?? Infinity, commits.untilTickMs()));
  }
  await Promise.all(running);
}

async function restOrWake(run: Run, plannedMs: number): Promise<void> {
  const { clock, store, commits, ending } = run;
  const before = momentOf(clock);
  run.restsUntilMs = before.monotonicMs + plannedMs;
  const rested = clock.sleep(plannedMs, ending.signal).catch(() => {});
  await Promise.race([rested, new Promise<void>((resolve) => (run.wake = resolve))]);
  if (ending.signal.aborted) return;
  if (clockJumped(before, momentOf(clock), { plannedMs, slackMs: jumpSlackMs })) {
    store.setState({ state: forgetStreaks(store.getState().state) });
    hastenAll(run);
  }
  commits.tick();
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
  const canWait = !schedule.isWanted(bound.id) && run.idlers.length === 0;
  const isOutdated = schedule.isOutdated(bound.id) && classOf(state) !== 'good';
  const at = { nowMs: clock.monotonicMs(), random: clock.random() };
  const waitMs = schedule.answered(bound.id, { state, known, ...at });
  // What went wrong on a way that was broken then is not told now that it is whole.
  if (isOutdated) return run.wake();
  commits.add({ result, policy: policyOf(bound, waitMs) }, canWait);
  if (schedule.dueMs(bound.id) < run.restsUntilMs) run.wake();
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
