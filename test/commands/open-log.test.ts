import { expect, test } from 'vitest';
import type { LogReader, News, Wanted } from '../../src/actions/log-reader.ts';
import { follow, type Printer, readFirst } from '../../src/commands/acting/follow-logs.ts';
import { type OpenLog, openLog } from '../../src/commands/acting/open-log.ts';
import { createVirtualClock } from '../../src/lab/virtual-clock.ts';
import { FaultError } from '../../src/model/errors.ts';
import { faultOf } from '../../src/model/fault.ts';

const news = (...texts: readonly string[]): News => ({
  lines: texts.map((text) => ({ atMs: null, text })),
  notes: [],
});

/** Answers one after another; more than that is a fault of the test. */
function readerOf(answers: readonly (News | FaultError)[], asked: unknown[] = []): LogReader {
  const left = [...answers];
  const answer = async (): Promise<News> => {
    const next = left.shift();
    if (!next) throw new Error('nothing more was expected');
    if (next instanceof FaultError) throw next;
    return next;
  };
  return {
    from: 'journal',
    first: (wanted) => {
      asked.push(wanted);
      return answer();
    },
    next: () => {
      asked.push('next');
      return answer();
    },
  };
}

function open(reader: LogReader, wanted: Wanted = { lines: 5, sinceMs: null }): OpenLog {
  const { signal } = new AbortController();
  const ground = {
    service: 'a/x',
    endsWhenGone: true,
    isNear: false,
    aheadMs: 1000,
    wanted,
    secrets: [],
  };
  return openLog(reader, { ...ground, signal });
}

const away = new FaultError(faultOf('timeout', 'no answer'));
const gone = new FaultError(faultOf('not-found', 'the cluster has no pods/log'));

test('what could not be read at first begins with what was wanted, later too', async () => {
  const asked: unknown[] = [];
  const wanted = { lines: 5, sinceMs: null };
  const log = open(readerOf([away, news('one'), news('two')], asked), wanted);
  await expect(log.read()).rejects.toBe(away);
  expect((await log.read()).lines).toMatchObject([{ service: 'a/x', text: 'one' }]);
  expect((await log.read()).lines).toMatchObject([{ text: 'two' }]);
  expect(asked).toEqual([wanted, wanted, 'next']);
});

test('of no lines one is read, so that the place is known, and is not shown', async () => {
  const asked: unknown[] = [];
  const log = open(readerOf([news('old'), news('new')], asked), { lines: 0, sinceMs: null });
  expect((await log.read()).lines).toEqual([]);
  expect((await log.read()).lines).toMatchObject([{ text: 'new' }]);
  expect(asked).toEqual([{ lines: 1, sinceMs: null }, 'next']);
});

test('what is older is left out, by the clock of its machine, with the lines below it', async () => {
  const at = (atMs: number | null, text: string) => ({ atMs, text });
  const lines = [at(10_999, 'old'), at(null, '  at old'), at(11_000, 'new'), at(null, '  at new')];
  const log = open(readerOf([{ lines, notes: [] }]), { lines: 9, sinceMs: 10_000 });
  const seen = await log.read();
  expect(seen.lines.map(({ text }) => text)).toEqual(['new', '  at new']);
  expect(seen.lines[0]?.atMs).toBe(10_000);
});

test('a log that tells no times is shown, and that is told', async () => {
  const seen = await open(readerOf([news('one')]), { lines: 9, sinceMs: 10_000 }).read();
  expect(seen.lines).toHaveLength(1);
  expect(seen.notes).toEqual(['its lines tell no time: none was left out for being too old']);
});

test('a pod that is gone has ended, the one in its place is followed', async () => {
  const ending = new AbortController();
  const told: string[] = [];
  const out: Printer = {
    lines: async (lines) => {
      told.push(...lines.map(({ text }) => text));
      if (told.includes('second')) ending.abort();
    },
    note: async (_, words) => {
      told.push(words);
    },
    away: async (_, why) => {
      told.push(why === null ? 'live' : `away: ${why}`);
    },
    absent: async (_, why) => {
      told.push(`absent: ${why}`);
    },
    ended: async (_, why) => {
      told.push(`ended: ${why}`);
    },
  };
  const old = open(readerOf([news('first'), away, news(), gone]));
  const successor = open(readerOf([news('second'), ...Array.from({ length: 20 }, () => news())]));
  const waiting = [successor];
  const hasEnded = (): boolean => told.includes('ended: its pod is gone');
  const forgotten: OpenLog[] = [];
  const logs = {
    logs: [old],
    renew: async () => (hasEnded() ? waiting.splice(0) : []),
    forget: (log: OpenLog) => {
      forgotten.push(log);
    },
  };
  const clock = {
    now: () => 0,
    monotonicMs: () => 0,
    random: () => 0,
    sleep: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
  const first = await readFirst(logs.logs, out);
  expect(first.lines).toMatchObject([{ text: 'first' }]);
  await follow(logs, first, { out, signal: ending.signal, clock });
  expect(told).toEqual([
    ...['away: no answer', 'live', 'ended: its pod is gone', 'it has come since', 'second'],
  ]);
  expect(forgotten).toEqual([old]);
});

test('a file that is not there is no trouble of the stream, and is shown when it has come', async () => {
  const ending = new AbortController();
  const told: string[] = [];
  const tell = (word: string) => async (_: OpenLog, words: string | null) => {
    told.push(`${word}: ${words ?? 'live'}`);
  };
  const out: Printer = {
    lines: async (lines) => {
      told.push(...lines.map(({ text }) => text));
      if (told.includes('first')) ending.abort();
    },
    ...{ note: tell('note'), away: tell('away'), absent: tell('absent'), ended: tell('ended') },
  };
  const missing = new FaultError(faultOf('not-found', 'x.log does not exist'));
  const pod = open(readerOf([missing, missing, news('first'), news(), news()]));
  const log: OpenLog = { ...pod, endsWhenGone: false };
  const only = { logs: [log], renew: async () => [], forget: () => {} };
  const clock = {
    ...{ now: () => 0, monotonicMs: () => 0, random: () => 0 },
    sleep: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
  const first = await readFirst(only.logs, out);
  await follow(only, first, { out, signal: ending.signal, clock });
  expect(told).toEqual(['absent: x.log does not exist', 'away: live', 'first']);
});

test('a question that is not answered for long is told before it is given up, and again when it is', async () => {
  const clock = createVirtualClock(0);
  const ending = new AbortController();
  const told: string[] = [];
  const tell = (word: string) => async (_: OpenLog, words: string | null) => {
    told.push(`${clock.now()} ${word}: ${words ?? 'live'}`);
  };
  const out: Printer = {
    lines: async (lines) => {
      told.push(...lines.map(({ text }) => `${clock.now()} ${text}`));
      if (lines.length > 0) ending.abort();
    },
    ...{ note: tell('note'), away: tell('away'), absent: tell('absent'), ended: tell('ended') },
  };
  const silent = async (): Promise<News> => {
    await clock.sleep(10_000, new AbortController().signal);
    throw away;
  };
  const quiet = async (): Promise<News> => {
    await clock.sleep(2500, new AbortController().signal);
    return news();
  };
  const answers = [quiet, silent, async () => news('back')];
  const reader = {
    from: 'x',
    first: async () => news(),
    next: async () => answers.shift()?.() ?? news(),
  };
  const log = open(reader);
  await log.read();
  const only = { logs: [log], renew: async () => [], forget: () => {} };
  await clock.until(follow(only, { failed: new Map() }, { out, signal: ending.signal, clock }));
  expect(told).toEqual([
    '6000 away: no answer for 3 s',
    '13000 away: no answer',
    '13500 away: live',
    '13500 back',
  ]);
});

test.each([
  ['a file of this machine', true, 1, [250, 500, 750]],
  ['what is elsewhere', false, 1, [500, 1000, 1500]],
  ['a file that is flooded', true, 600, [500, 1000, 1500]],
])('%s is asked again at its own pace', async (_, isNear, count, expected) => {
  const clock = createVirtualClock(0);
  const ending = new AbortController();
  const startMs = clock.now();
  const asked: number[] = [];
  const nothing = async (): Promise<void> => {};
  const log: OpenLog = {
    ...{ service: 'a/x', from: 'x', endsWhenGone: false, isNear },
    read: async () => {
      asked.push(clock.now() - startMs);
      if (asked.length > 3) ending.abort();
      const line = { service: 'a/x', from: 'x', atMs: null, text: 'line' };
      return { lines: Array.from({ length: count }, () => line), notes: [] };
    },
  };
  const out = { lines: nothing, note: nothing, away: nothing, absent: nothing, ended: nothing };
  const only = { logs: [log], renew: async () => [], forget: () => {} };
  await clock.until(follow(only, { failed: new Map() }, { out, signal: ending.signal, clock }));
  expect(asked.slice(1)).toEqual(expected);
});
