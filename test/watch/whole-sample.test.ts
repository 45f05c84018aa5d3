import { expect, test } from 'vitest';
import { wholeSample } from '../../src/watch/whole-sample.ts';
import { watchBench } from './bench.ts';

const unending = new AbortController().signal;

/** Whether a promise has settled by now, all that is due having run. */
async function isDone(promise: Promise<void>): Promise<boolean> {
  const turn = new Promise((resolve) => setImmediate(() => resolve('not yet')));
  return (await Promise.race([promise, turn])) !== 'not yet';
}

test('is whole when the slowest check has answered, although the others run again meanwhile', async () => {
  const { poller, lab, clock, store } = watchBench('healthy');
  lab.world.fail('localhost:6379', 'hang');
  poller.start();
  const whole = wholeSample(store, unending);
  await clock.advance(4900);
  poller.pollNow();
  expect(await isDone(whole)).toBe(false);
  await clock.advance(101);
  expect(await isDone(whole)).toBe(true);
  await poller.stop();
});

test('what was known before does not count', async () => {
  const first = watchBench('healthy');
  first.poller.start();
  await first.settle();
  await first.poller.stop();
  const second = watchBench('healthy', first.store.getState().state);
  await second.clock.advance(60_000);
  second.store.setState({ nowMs: second.clock.now() });
  const whole = wholeSample(second.store, unending);
  expect(await isDone(whole)).toBe(false);
  second.poller.start();
  await second.clock.advance(1000);
  expect(await isDone(whole)).toBe(true);
  await second.poller.stop();
});

test('ends with its signal', async () => {
  const { store } = watchBench('healthy');
  const ending = new AbortController();
  const whole = wholeSample(store, ending.signal);
  ending.abort();
  expect(await isDone(whole)).toBe(true);
});
