import { describe, expect, test } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import { createPoller } from '../../src/watch/poller.ts';
import { type Answered, type WatchBench, watchBench } from './bench.ts';

const worker = 'panda/worker/http';

/** One whose checks have all been well for so long that it is firm. */
async function quietBench(): Promise<WatchBench> {
  const bench = watchBench('healthy');
  bench.poller.start();
  await bench.settle();
  await bench.clock.advance(120_000);
  return bench;
}

/** Goes on until a check has answered anew; the clock stands at that moment, or just after. */
async function untilAnswered({ answered, clock }: WatchBench, id: string): Promise<Answered> {
  const before = answered.get(id);
  while (answered.get(id) === before) await clock.advance(clock.nextInMs() ?? 0);
  const now = answered.get(id);
  if (!now) throw new Error(`${id} has not answered`);
  return now;
}

const isFolded = ({ store }: WatchBench, id: string, { result }: Answered): boolean =>
  store.getState().state.health[id]?.facts === result.facts;

/** Goes on until an answer of this check waits. */
async function untilWaiting(bench: WatchBench, id: string): Promise<Answered> {
  let answer = await untilAnswered(bench, id);
  while (isFolded(bench, id, answer)) answer = await untilAnswered(bench, id);
  return answer;
}

describe('answers that change nothing but figures', () => {
  test('are told with the second, once, and none of them later', async () => {
    const bench = await quietBench();
    const { poller, clock, store, network, answered } = bench;
    const toldMs: number[] = [];
    store.subscribe(() => toldMs.push(clock.now()));
    const lateMs = (): readonly number[] =>
      network.checks.map(({ id }) => {
        const answer = answered.get(id);
        return !answer || isFolded(bench, id, answer) ? 0 : clock.now() - answer.atMs;
      });
    for (let step = 0; step < 300; step++) {
      await clock.advance(100);
      expect(Math.max(...lateMs())).toBeLessThanOrEqual(1000);
    }
    const gaps = toldMs.slice(1).map((atMs, index) => atMs - (toldMs[index] ?? 0));
    expect(toldMs.length).toBeGreaterThanOrEqual(29);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(980);
    await poller.stop();
  });

  test('do not hold up one that changes more, which takes them along', async () => {
    const bench = await quietBench();
    const { poller, lab, store, clock } = bench;
    lab.world.fail('localhost:6379', faultOf('refused', 'connection refused by localhost:6379'));
    const redis = await untilAnswered(bench, 'panda/redis/redis');
    await clock.advance(50);
    expect(isFolded(bench, 'panda/redis/redis', redis)).toBe(true);
    expect(store.getState().state.health['panda/redis/redis']?.state).toBe('down');
    for (const [id, answer] of bench.answered) expect(isFolded(bench, id, answer), id).toBe(true);
    await poller.stop();
  });

  test.each([
    ['for by name', ({ poller }: WatchBench) => poller.askNow([worker])],
    ['for with all others', ({ poller }: WatchBench) => poller.pollNow()],
  ])('are told at once where they were asked %s', async (_, ask) => {
    const bench = await quietBench();
    await untilWaiting(bench, 'panda/redis/redis');
    ask(bench);
    const answer = await untilAnswered(bench, worker);
    await bench.clock.advance(50);
    expect(isFolded(bench, worker, answer)).toBe(true);
    await bench.poller.stop();
  });

  test('wait for no clock where somebody waits until all is quiet', async () => {
    const bench = await quietBench();
    const answer = await untilWaiting(bench, worker);
    const atMs = bench.clock.now();
    await bench.poller.idle();
    expect(bench.clock.now()).toBe(atMs);
    expect(isFolded(bench, worker, answer)).toBe(true);
    await bench.poller.stop();
  });

  test('are what the next sample of the same check goes on from', async () => {
    const bench = await quietBench();
    const answer = await untilWaiting(bench, worker);
    bench.poller.askNow([worker]);
    const next = await untilAnswered(bench, worker);
    expect(next.previous?.facts).toBe(answer.result.facts);
    await bench.poller.stop();
  });

  test('do not undo what somebody has decided meanwhile', async () => {
    const bench = await quietBench();
    await untilWaiting(bench, worker);
    const facts = { count: 700 };
    bench.poller.goOnFrom({ [worker]: facts });
    const next = await untilAnswered(bench, worker);
    expect(next.previous?.facts).toBe(facts);
    await bench.poller.stop();
  });

  test('keep the pace of a check that is asked more often than that', async () => {
    const { lab, clock, network, store } = watchBench('healthy');
    let asked = 0;
    const checks = network.checks
      .filter(({ id }) => id === worker)
      .map(({ run, ...bound }) => ({
        ...bound,
        intervalMs: 200,
        run: (...context: Parameters<typeof run>) => {
          asked++;
          return run(...context);
        },
      }));
    const poller = createPoller({ network: { ...network, checks }, store, ...lab });
    poller.start();
    await clock.advance(10_000);
    expect(asked).toBeGreaterThan(35);
    await poller.stop();
  });

  test('are not lost where the poller is stopped', async () => {
    const bench = await quietBench();
    const answer = await untilWaiting(bench, worker);
    await bench.poller.stop();
    expect(isFolded(bench, worker, answer)).toBe(true);
  });
});
