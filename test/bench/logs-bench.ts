import { truncateSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { setTimeout as rest } from 'node:timers/promises';
import { hasProgram } from '../support/tiers.ts';
import { type Amount, atMost, type Bench, type Figure, runs } from './bench.ts';
import { interleave } from './interleave.ts';
import { type LogsNetwork, logLine, makeLogsNetwork } from './logs-network.ts';
import { median } from './median.ts';
import { costOf } from './process-cost.ts';
import { type PtyRun, startOnPty } from './pty-run.ts';
import type { Staged } from './staged.ts';
import { timedRun } from './timed-run.ts';

const linesPerSecond = 10_000;
const settledMs = 3000;
const watchedMs = 12_000;
const keys = 31;
const bigBytes = 3 * 2 ** 30;

/** Following a log that is written to without end, searching it, and the end of one of 3 GB. */
export const logsBench: Bench = {
  name: 'logs',
  measure: async (staged) => [...(await followed(staged)), ...(await bigFile(staged))],
};

/** What following costs, and how long a key and a search take. */
interface Followed {
  readonly cpuPercent: number;
  readonly bytesPerSecond: number;
  readonly framesPerSecond: number;
  readonly keyMs: number;
  readonly searchMs: number;
}

interface Follower {
  readonly argv: readonly [string, ...string[]];
  /** What brings it to follow; the text that says that it does. */
  open(run: PtyRun): Promise<void>;
  /** What it must be told before it takes keys: it follows no more. */
  readonly interrupt: string;
  /** A key that draws. */
  readonly key: string;
  /** Searches for what is in no line, and the words that say so. */
  readonly search: { readonly keys: string; readonly words: RegExp };
}

async function followed(staged: Staged): Promise<readonly Figure[]> {
  const ours = await follow((network) => cockpit(staged, network));
  const less = hasProgram('less') ? await follow(lessOf) : null;
  const lnav = hasProgram('lnav') ? await follow(lnavOf) : null;
  const missing = [
    ...(less ? [] : ['less is not installed: nothing to compare with']),
    ...(lnav ? [] : ['lnav is not installed: not compared with']),
  ];
  const beside = (
    unit: Amount['unit'],
    read: (one: Followed) => number,
  ): Pick<Figure, 'versus' | 'notes'> => {
    const other = lnav ? [`lnav: ${read(lnav).toFixed(1)} ${unit}`] : [];
    const amount = (one: Followed): Amount => ({ value: read(one), unit });
    return {
      versus: less && { name: 'less +F', amount: amount(less) },
      notes: [...other, ...missing],
    };
  };
  const figure = (
    name: string,
    {
      unit,
      limit,
      read,
    }: { readonly unit: Amount['unit']; readonly limit: number; read(one: Followed): number },
  ): Figure => {
    const amount: Amount = { value: read(ours), unit };
    return {
      name: `logs: ${name}`,
      ours: amount,
      n: 1,
      goal: atMost(amount, limit),
      ...beside(unit, read),
    };
  };
  return [
    figure('10,000 lines/s followed, CPU of one core', {
      unit: '%',
      limit: 6,
      read: (one) => one.cpuPercent,
    }),
    figure('the same, bytes to the terminal', {
      unit: 'B/s',
      limit: 50_000,
      read: (one) => one.bytesPerSecond,
    }),
    figure('the same, frames a second', {
      unit: '',
      limit: 10,
      read: (one) => one.framesPerSecond,
    }),
    {
      ...figure('the same, a key to its bytes', {
        unit: 'ms',
        limit: 20,
        read: (one) => one.keyMs,
      }),
      n: keys,
    },
    figure('100,000 held lines searched, nothing found', {
      unit: 'ms',
      limit: 100,
      read: (one) => one.searchMs,
    }),
  ];
}

async function follow(make: (network: LogsNetwork) => Follower): Promise<Followed> {
  const network = await makeLogsNetwork();
  const { argv, open, interrupt, key, search } = make(network);
  const run = startOnPty(argv, network.env);
  const writer = network.writeOn(linesPerSecond);
  try {
    await open(run);
    await rest(settledMs);
    const before = { cost: costOf(run.pid), bytes: run.bytes(), frames: framesIn(run) };
    const fromMs = performance.now();
    await rest(watchedMs);
    const seconds = (performance.now() - fromMs) / 1000;
    const cpuMs = (costOf(run.pid)?.cpuMs ?? Number.NaN) - (before.cost?.cpuMs ?? 0);
    const steady = {
      cpuPercent: cpuMs / seconds / 10,
      bytesPerSecond: (run.bytes() - before.bytes) / seconds,
      framesPerSecond: (framesIn(run) - before.frames) / seconds,
    };
    if (interrupt !== '') await after(run, interrupt);
    const keyMs = await keyToBytes(run, key);
    writer.stop();
    await rest(1500);
    return { ...steady, keyMs, searchMs: await searched(run, search) };
  } finally {
    writer.stop();
    await run.end();
    await network.remove();
  }
}

/** Each at another moment between two questions. */
async function keyToBytes(run: PtyRun, key: string): Promise<number> {
  const taken: number[] = [];
  for (let press = 0; press < keys; press++) {
    await rest(70);
    taken.push(await after(run, key));
  }
  return median(taken);
}

/** Milliseconds until it writes after a key. */
function after(run: PtyRun, key: string): Promise<number> {
  const drawn = run.untilBytes();
  run.type(key);
  return drawn;
}

async function searched(run: PtyRun, { keys: typed, words }: Follower['search']): Promise<number> {
  const { length } = run.text();
  const fromMs = performance.now();
  run.type(typed);
  await run.untilText((text) => words.test(text.slice(length)));
  return performance.now() - fromMs;
}

/** Ink puts each frame between marks of a synchronized update; others have no frames. */
function framesIn(run: PtyRun): number {
  return run.text().split('\u001b[?2026h').length - 1;
}

function cockpit({ launcher }: Staged, { args }: LogsNetwork): Follower {
  return {
    argv: [launcher, ...args],
    open: async (run) => {
      await run.untilText((text) => /worker/.test(text) && /running/.test(text));
      run.type('l');
      await run.untilText((text) => /live/.test(text));
    },
    interrupt: '',
    key: 'k',
    search: { keys: '/in no line\r', words: /no line up to here has/ },
  };
}

function lessOf({ log }: LogsNetwork): Follower {
  return {
    argv: ['/usr/bin/env', 'less', '+F', log],
    open: async (run) => void (await run.untilText((text) => /Waiting for data/.test(text))),
    interrupt: '\u0003',
    key: 'k',
    search: { keys: '?in no line\r', words: /Pattern not found/ },
  };
}

function lnavOf({ log }: LogsNetwork): Follower {
  return {
    argv: ['/usr/bin/env', 'HOME=/tmp', 'lnav', log],
    open: async (run) => void (await run.untilText((text) => /request \d+/.test(text))),
    interrupt: '',
    key: 'k',
    search: { keys: '/in no line\r', words: /hits for/ },
  };
}

/** The last lines of a file of 3 GB, most of it a hole, beside tail and beside a short file. */
async function bigFile(staged: Staged): Promise<readonly Figure[]> {
  const [big, small] = [await makeLogsNetwork(), await makeLogsNetwork()];
  try {
    truncateSync(big.log, bigBytes);
    await appendFile(big.log, Array.from({ length: 1000 }, (_, at) => logLine(at)).join(''));
    const logs =
      ({ args, env }: LogsNetwork) =>
      async () =>
        (await timedRun([staged.launcher, 'logs', 'worker', '-n', '100', ...args], env)).ms;
    const taken = await interleave(
      {
        big: logs(big),
        small: logs(small),
        version: async () => (await timedRun([staged.launcher, '--version'], big.env)).ms,
        tail: async () => (await timedRun(['/usr/bin/env', 'tail', '-n', '100', big.log])).ms,
      },
      runs,
    );
    const [ours, tail, start] = [median(taken.big), median(taken.tail), median(taken.small)];
    const limitMs = 1.5 * tail + start;
    return [
      {
        name: 'logs -n 100 of 3 GB',
        ours: { value: ours, unit: 'ms' },
        n: runs,
        versus: { name: 'tail -n 100', amount: { value: tail, unit: 'ms' } },
        goal: { text: `≤ 1.5 × tail + start-up: ${limitMs.toFixed(0)} ms`, met: ours <= limitMs },
        notes: [
          `start-up is the same of a file of 100 lines: ${start.toFixed(0)} ms; --version: ${median(taken.version).toFixed(0)} ms`,
        ],
      },
    ];
  } finally {
    await Promise.all([big.remove(), small.remove()]);
  }
}
