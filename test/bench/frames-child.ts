import { setTimeout as rest } from 'node:timers/promises';
import { foldRound } from '../../src/model/fold-round.ts';
import { runCockpit } from '../../src/tui/main.tsx';
import { resultOf, sampled } from '../model/made.ts';
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts';
import { type FramesNetwork, framesNetwork } from './frames-network.ts';

// The cockpit as it is on a terminal of 200x50, in a process of its own (bundled, so that React is
// the one that users have). Prints one JSON object for the work that it is named.

const [work = ''] = process.argv.slice(2);
const works: Readonly<Record<string, () => Promise<object>>> = {
  keys,
  cell,
  rows,
  quiet,
  clock,
  frames,
  folds,
};
console.log(JSON.stringify(await works[work]?.()));
process.exit(0);

function open(network: FramesNetwork, look: { readonly clock?: boolean } = {}): FakeTerminal {
  const terminal = createFakeTerminal(200, 50);
  const { stdin, stdout } = terminal;
  const plain = { badge: null, theme: 'terminal', timeZone: 'UTC' } as const;
  void runCockpit({
    store: network.store,
    dispatch: () => undefined,
    ...plain,
    ...look,
    stdin,
    stdout,
    log: () => {},
    clean: (text) => text,
  });
  return terminal;
}

/** Keys over 10,000 rows while a hundred checks a second answer, committed as the poller does it. */
async function keys(): Promise<object> {
  const count = 10_000;
  const network = framesNetwork(count, 50);
  const terminal = open(network);
  await rest(500);
  const ending = new AbortController();
  void network.answerFor(count, 100, ending.signal);
  const taken: number[] = [];
  for (let press = 0; press < 300; press++) {
    await rest(23);
    const startMs = performance.now();
    const drawn = terminal.written();
    terminal.type(press % 60 < 50 ? 'j' : '\u001b[6~');
    await drawn;
    taken.push(performance.now() - startMs);
  }
  ending.abort();
  taken.sort((a, b) => a - b);
  return { medianMs: taken[150], p95Ms: taken[285] };
}

/** One latency that changes its step, which its full history does not show. */
async function cell(): Promise<object> {
  const network = framesNetwork(30, 3000);
  const terminal = open(network);
  for (let sample = 0; sample < 60; sample++) network.commit([7], () => 10);
  await rest(300);
  const sizes: number[] = [];
  for (let change = 0; change < 20; change++) {
    const before = terminal.bytes();
    network.commit([7], () => (change % 2 === 0 ? 20 : 10));
    await rest(100);
    sizes.push(terminal.bytes() - before);
  }
  return { bytes: sizes.sort((a, b) => a - b)[10] };
}

/** Every row of the screen changes, once a second. */
function rows(): Promise<object> {
  return costOf(framesNetwork(60, 1000), (network, second) =>
    network.commit(
      Array.from({ length: 60 }, (_, index) => index),
      (service) => 10 ** ((service + second) % 4),
    ),
  );
}

/** 30 checks at 10 s: three answer each second, as they did before. */
function quiet(): Promise<object> {
  return costOf(framesNetwork(30, 1000), answerAsBefore);
}

/** The same with the time in the header. */
function clock(): Promise<object> {
  return costOf(framesNetwork(30, 1000), answerAsBefore, { clock: true });
}

function answerAsBefore(network: FramesNetwork, second: number): void {
  network.commit(
    [0, 1, 2].map((index) => (second * 3 + index) % 30),
    () => 5,
  );
}

async function costOf(
  network: FramesNetwork,
  eachSecond: (network: FramesNetwork, second: number) => void,
  look: { readonly clock?: boolean } = {},
): Promise<object> {
  const seconds = 20;
  const terminal = open(network, look);
  // The history of each check is full, so that no more of it is drawn.
  for (let second = 0; second < 600; second++) eachSecond(network, second);
  for (let second = 0; second < 5; second++) {
    await rest(1000);
    eachSecond(network, second);
  }
  const before = { cpu: process.cpuUsage(), bytes: terminal.bytes() };
  for (let second = 5; second < 5 + seconds; second++) {
    await rest(1000);
    eachSecond(network, second);
  }
  const { user, system } = process.cpuUsage(before.cpu);
  return {
    cpuPercent: (user + system) / 1e4 / seconds,
    bytesPerSecond: (terminal.bytes() - before.bytes) / seconds,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
  };
}

/** What is still held after so many frames of which no two are alike. */
async function frames(): Promise<object> {
  const network = framesNetwork(60, 1000);
  const terminal = open(network);
  await rest(300);
  const all = Array.from({ length: 60 }, (_, index) => index);
  const heldMb: number[] = [];
  for (let frame = 1; frame <= 6000; frame++) {
    const drawn = terminal.written();
    network.commit(all, (service) => 1 + ((frame * 7 + service * 13) % 9999));
    terminal.type(frame % 2 === 0 ? 'j' : 'k');
    await drawn;
    if (frame === 600 || frame === 6000) heldMb.push(held());
  }
  return { after600Mb: heldMb[0], after6000Mb: heldMb[1] };
}

/** The same of so many folds. */
async function folds(): Promise<object> {
  const network = framesNetwork(30, 1000);
  let { state } = network.store.getState();
  const heldMb: number[] = [];
  for (let fold = 1; fold <= 600_000; fold++) {
    const at = new Date(Date.UTC(2026, 1, 18) + fold * 1000).toISOString();
    const which = fold % 30;
    const word = fold % 5000 < 2500 ? 'up' : 'down';
    const result = resultOf(word, {
      check: `here/service-${which}/http`,
      at,
      latencyMs: fold % 77,
    });
    state = foldRound(state, [sampled(result)]);
    if (fold === 60_000 || fold === 600_000) heldMb.push(held());
  }
  return { after60000Mb: heldMb[0], after600000Mb: heldMb[1] };
}

function held(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
