import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import type { Result } from '../../../src/model/result.ts';
import type { ExecOutput } from '../../../src/transports/contract.ts';
import { serviceOf } from '../../model/made.ts';
import { previousOf, verdictOf } from '../look.ts';
import { type Call, nowMs, said } from '../strict-transports.ts';
import { disabledOf, file, label, lookAt, print, printed } from './ask.ts';

const path = `/Users/joel/Library/LaunchAgents/${label}.plist`;
const overrides = '/var/db/com.apple.xpc.launchd/disabled.501.plist';
const none = '<plist version="1.0"><dict/></plist>';
const missing = new FaultError(faultOf('tool-missing', 'it is not installed'));

const service = { ...serviceOf('panda/x'), port: 3111 };
const running = ['state = running', 'pid = 800', 'runs = 1', 'properties = keepalive'];
const log = '/Users/joel/Library/Logs/x.log';

function exec(argv: readonly string[], answer: ExecOutput | Error): Call {
  return { verb: 'exec', request: { host: 'panda', argv }, answer };
}

const lsof = (answer: ExecOutput | Error): Call =>
  exec(['/usr/sbin/lsof', '-nP', '-iTCP:3111', '-sTCP:LISTEN', '-Fpc'], answer);
const own = lsof(said('p800\ncbun\nf21\n'));
const stat = (paths: readonly string[], answer: ExecOutput | Error): Call =>
  exec(['/usr/bin/stat', '-f', '%z %m %HT:%N', '--', ...paths], answer);
const plistStat = stat([path], said(`812 1700000000 Regular File:${path}\n`));
const tree = (answer: ExecOutput | Error): Call => exec(['ps', '-axo', 'pid=,ppid='], answer);

interface Scene {
  readonly lines?: readonly string[];
  readonly at?: string;
  readonly calls: readonly Call[];
  readonly previous?: ReturnType<typeof previousOf>;
}

function lookWith({ lines = running, at = path, calls, previous }: Scene): Promise<Result> {
  const answer = said(printed([`path = ${at}`, ...lines]));
  const more = previous ? { service, previous } : { service };
  const isKnown = typeof previous?.facts['startedAtMs'] === 'number';
  const isFirst = lines.includes('pid = 800') && lines.includes('runs = 1');
  const start = isFirst && !isKnown ? [etime('01:00\n')] : [];
  return lookAt([print('gui/501', answer), file(at, null), ...start, ...calls], more);
}

const etime = (text: string): Call => exec(['/bin/ps', '-o', 'etime=', '-p', '800'], said(text));

const around = [plistStat, file(overrides, none)];

describe('who holds the port of a launchd unit', () => {
  it('is its own process, asked by one program', async () => {
    const { facts } = await lookWith({ calls: [own, ...around] });
    const holders = [{ pid: 800, name: 'bun' }];
    expect(facts['portHolder']).toEqual({ port: 3111, listening: true, holders, isOwn: true });
  });

  it.each<[string, string, string]>([
    ['a child’s child', '800 1\n  812 805\n  805 800\n', 'up: running'],
    ['a stranger', '800 1\n  812 1\n', 'degraded: port 3111 is held by bun, not by this unit'],
    ['a process that has gone', '800 1\n', 'up: running'],
    [
      'somewhere in a circle',
      '800 1\n 812 813\n 813 812\n',
      'degraded: port 3111 is held by bun, not by this unit',
    ],
  ])('is %s', async (_, rows, verdict) => {
    const held = lsof(said('p812\ncbun\nf21\nf22\n'));
    expect(verdictOf(await lookWith({ calls: [held, tree(said(rows)), ...around] }))).toBe(verdict);
  });

  it('may be hidden whole: lsof tells of one’s own processes only', async () => {
    const nothing = lsof(said('', { exitCode: 1 }));
    const result = await lookWith({ calls: [nothing, ...around] });
    expect(verdictOf(result)).toBe('up: running');
    expect(result.facts['portHolder']).toMatchObject({ listening: null, isOwn: null });
  });

  it('is not known without tools, and the unit is no worse', async () => {
    for (const calls of [
      [lsof(missing), ...around],
      [lsof(said('', { exitCode: 1, stderr: 'lsof: illegal option\n' })), ...around],
    ]) {
      const result = await lookWith({ calls });
      expect([verdictOf(result), result.facts['portHolder']]).toEqual(['up: running', null]);
    }
    const held = lsof(said('p812\ncbun\nf21\n'));
    const result = await lookWith({ calls: [held, tree(missing), ...around] });
    expect(verdictOf(result)).toBe('up: running');
  });
});

describe('a reboot', () => {
  const outside = `/Users/joel/dotfiles/${label}.plist`;
  const linked = stat([path], said(`40 1700000000 Symbolic Link:${path}\n`));
  const disabled = `<plist><dict><key>${label}</key><true/></dict></plist>`;

  it.each<[string, Scene, boolean | null, string]>([
    ['an agent', { calls: around }, true, 'up: running'],
    [
      'what was loaded through a link',
      { at: outside, calls: [stat([outside], missing)] },
      false,
      'degraded: would not start after a reboot: its plist lies where launchd does not look at boot',
    ],
    [
      'a link',
      { calls: [linked] },
      false,
      'degraded: would not start after a reboot: its plist is a link, which launchd ignores at boot',
    ],
    [
      'what is disabled',
      { calls: [plistStat, file(overrides, disabled)] },
      false,
      'degraded: would not start after a reboot: disabled',
    ],
    ['what nobody can tell of', { calls: [plistStat, file(overrides, null)] }, null, 'up: running'],
    [
      'a one-shot',
      { lines: ['state = running', 'pid = 800', 'runs = 1'], calls: around },
      null,
      'up: running',
    ],
  ])('of %s', async (_, { calls, ...scene }, survivesReboot, verdict) => {
    const result = await lookWith({ ...scene, calls: [own, ...calls] });
    expect(result.facts).toMatchObject({ survivesReboot });
    expect(verdictOf(result)).toBe(verdict);
  });
});

describe('the log of a unit', () => {
  const mebibyte = 1024 ** 2;
  const lines = [...running, `stdout path = ${log}`, 'stderr path = /dev/null'];
  const logged = (size: number, ageSeconds = 3) =>
    stat(
      [path, log],
      said(
        `812 1700000000 Regular File:${path}\n${size} ${nowMs / 1000 - ageSeconds} Regular File:${log}\n`,
      ),
    );
  const lookAtLog = (size: number, previous?: Scene['previous']) =>
    lookWith({
      lines,
      calls: [own, logged(size), file(overrides, none)],
      ...(previous ? { previous } : {}),
    });
  /** The sample as one of a minute ago. */
  const minuteAgo = (result: Result, facts: JsonObject = {}) => ({
    ...previousOf(result),
    facts: { ...result.facts, aroundAtMs: nowMs - 60_000, ...facts },
  });

  it('is told with its size and age', async () => {
    const result = await lookAtLog(12 * mebibyte);
    expect(result.facts['log']).toEqual({
      path: log,
      sizeBytes: 12 * mebibyte,
      ageSeconds: 3,
      growthBytesPerMinute: null,
    });
    expect(verdictOf(result)).toBe('up: running');
  });

  it('that grows fast is told until it grows slowly', async () => {
    const first = await lookAtLog(0);
    const fast = await lookAtLog(11 * mebibyte, minuteAgo(first));
    expect(verdictOf(fast)).toBe('degraded: its log grows fast');
    const still = await lookAtLog(17 * mebibyte, minuteAgo(fast));
    expect(verdictOf(still)).toBe('degraded: its log grows fast');
    const slow = await lookAtLog(21 * mebibyte, minuteAgo(still));
    expect(verdictOf(slow)).toBe('up: running');
    expect(slow.facts['log']).toMatchObject({ growthBytesPerMinute: 4 * mebibyte });
  });

  it('that was cut has no growth, and over seconds there is none to tell', async () => {
    const first = await lookAtLog(90 * mebibyte);
    const cut = await lookAtLog(1, minuteAgo(first));
    expect(cut.facts['log']).toMatchObject({ growthBytesPerMinute: null });
    const soon = minuteAgo(first, { aroundAtMs: nowMs - 5000, aroundPid: 7 });
    const result = await lookAtLog(190 * mebibyte, soon);
    expect(result.facts['log']).toMatchObject({ growthBytesPerMinute: null });
  });

  it('that is very large is told until it is well below', async () => {
    const large = await lookAtLog(1025 * mebibyte);
    expect(verdictOf(large)).toBe('degraded: its log is very large');
    expect(verdictOf(await lookAtLog(1000 * mebibyte, minuteAgo(large)))).toBe(
      'degraded: its log is very large',
    );
    expect(verdictOf(await lookAtLog(1000 * mebibyte))).toBe('up: running');
  });

  it('that is missing is none', async () => {
    const gone = stat([path, log], said('', { exitCode: 1, stderr: 'No such file\n' }));
    const result = await lookWith({ lines, calls: [own, gone, file(overrides, none)] });
    expect([verdictOf(result), result.facts['log']]).toEqual(['up: running', null]);
  });
});

describe('a unit that was started again', () => {
  const lines = ['state = running', 'pid = 800', 'runs = 4', 'properties = keepalive'];
  const calls = [own, ...around];

  it.each([
    ['   00:08\n', 8, 'degraded: started again, and has not run for its minimum runtime yet'],
    ['   00:10\n', 10, 'up: running'],
    ['   01:02:03\n', 3723, 'up: running'],
    ['02-01:02:03\n', 176_523, 'up: running'],
    ['', null, 'up: running'],
    ['garbage\n', null, 'up: running'],
  ])('and of which ps says %j', async (text, runningSeconds, verdict) => {
    const result = await lookWith({ lines, calls: [etime(text), ...calls] });
    expect([result.facts['runningSeconds'], verdictOf(result)]).toEqual([runningSeconds, verdict]);
  });

  it('is asked for once: its start is remembered', async () => {
    const first = await lookWith({ lines, calls: [etime('00:08\n'), ...calls] });
    const facts: JsonObject = { ...first.facts, startedAtMs: nowMs - 15_000 };
    const later = await lookWith({ lines, calls: [], previous: { ...previousOf(first), facts } });
    expect([later.facts['runningSeconds'], verdictOf(later)]).toEqual([15, 'up: running']);
  });
});

it('of a first start the moment is told, and no time that it has run for: it is no restart', async () => {
  const result = await lookWith({ calls: [own, ...around] });
  expect(result.facts).toMatchObject({ startedAtMs: nowMs - 60_000, runningSeconds: null });
});

describe('a StartInterval job', () => {
  const lines = [
    'state = not running',
    'runs = 4',
    'last exit code = 0',
    'run interval = 60 seconds',
  ];
  const answer = said(printed(lines));
  const again = (previous?: ReturnType<typeof previousOf>) =>
    lookAt([print('gui/501', answer)], previous ? { previous } : {});
  const waited = (result: Result, waitedSeconds: number, gapMs: number) => ({
    ...previousOf(result),
    facts: { ...result.facts, waitedSeconds, seenAtMs: nowMs - gapMs },
  });

  it('that was seen not to start for twice its interval is overdue', async () => {
    const first = await again();
    expect([first.facts['intervalSeconds'], first.facts['waitedSeconds']]).toEqual([60, 0]);
    const within = await again(waited(first, 170, 10_000));
    expect(verdictOf(within)).toBe('idle: StartInterval job, last exit 0');
    const previous = waited(first, 171, 10_000);
    const calls = [print('gui/501', answer), disabledOf('gui/501')];
    expect(verdictOf(await lookAt(calls, { previous }))).toBe(
      'degraded: overdue: it has not started for twice its interval',
    );
  });

  it('is not when the machine may have slept, or it has started', async () => {
    const first = await again();
    const slept = await again(waited(first, 171, 601_000));
    expect([verdictOf(slept), slept.facts['waitedSeconds']]).toEqual([
      'idle: StartInterval job, last exit 0',
      0,
    ]);
    const before = waited(first, 171, 10_000);
    const started = await again({ ...before, facts: { ...before.facts, runs: 3 } });
    expect(started.facts['waitedSeconds']).toBe(0);
  });
});

describe('what a launchd unit has said last', () => {
  const err = '/Users/joel/Library/Logs/x.err.log';
  const ended = [
    'state = spawn scheduled',
    'runs = 4',
    'last exit code = 1',
    'properties = keepalive',
  ];
  const logs = [`stdout path = ${log}`, `stderr path = ${err}`];
  const tail = (from: string, answer: ExecOutput | Error): Call =>
    exec(['tail', '-c', '4096', from], answer);
  const bothStat = stat([path, log, err], said(''));
  const beside = [disabledOf('gui/501', ''), bothStat, file(overrides, none)];
  const wordsIn = async (calls: readonly Call[]): Promise<unknown> => {
    const result = await lookWith({ lines: [...ended, ...logs], calls: [...calls, ...beside] });
    expect(result.fault).toBeNull();
    return result.facts['lastWords'];
  };

  it('stands at the end of its stderr', async () => {
    const spoken = tail(err, said('Error: no such module\n    at start (x:1:2)\n'));
    expect(await wordsIn([spoken])).toEqual({ text: 'Error: no such module', from: err });
  });

  it('or of its stdout, where that is silent or cannot be read', async () => {
    const spoken = tail(log, said('bye\n'));
    const words = { text: 'bye', from: log };
    expect(await wordsIn([tail(err, said('')), spoken])).toEqual(words);
    expect(await wordsIn([tail(err, missing), spoken])).toEqual(words);
  });

  it('is asked of none that runs', async () => {
    const calls = [own, stat([path, log], said('')), file(overrides, none)];
    const lines = [...running, `stdout path = ${log}`];
    expect((await lookWith({ lines, calls })).facts['lastWords']).toBeNull();
  });
});
