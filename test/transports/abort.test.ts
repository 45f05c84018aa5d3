import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOptions } from '../../src/transports/contract.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { type Behaving, neverAnswer, startBehaving } from '../support/behave.ts';
import { faultOfCall, get, here, within } from '../support/calls.ts';

const transports = createLiveTransports();
let silent: Behaving;

beforeAll(async () => {
  silent = await startBehaving(neverAnswer);
});

afterAll(async () => {
  await transports.close();
  await silent.stop();
});

type Call = (options: CallOptions) => Promise<unknown>;

/** Every verb that asks over a connection, at a server that never answers. */
const overSockets: Readonly<Record<string, Call>> = {
  http: (options) => transports.http(get(silent.url), options),
  https: (options) => transports.http(get(silent.url.replace('http:', 'https:')), options),
  tls: (options) =>
    transports.tls({ host: '127.0.0.1', port: silent.port, servername: 'x.test' }, options),
  redis: (options) =>
    transports.redis({ url: `redis://127.0.0.1:${silent.port}`, commands: [['PING']] }, options),
};

const all: Readonly<Record<string, Call>> = {
  ...overSockets,
  tcp: (options) => transports.tcp({ host: '127.0.0.1', port: silent.port }, options),
  exec: (options) => transports.exec({ on: here, argv: ['sleep', '600'] }, options),
  readFile: (options) => transports.readFile(here, '/etc/hosts', options),
  diskUsage: (options) => transports.diskUsage(here, '/', options),
};

const aborted = { code: 'aborted', side: 'prober', message: 'not measured: the run ended first' };

describe('An aborted run', () => {
  it.each(Object.keys(overSockets))('ends %s at once and closes its connection', async (verb) => {
    const run = new AbortController();
    const before = silent.connections();
    const call = faultOfCall(overSockets[verb]?.(within(60_000, run.signal)) ?? Promise.resolve());
    await expect.poll(() => silent.connections(), { interval: 5 }).toBe(before + 1);
    const startedMs = performance.now();
    run.abort('whatever reason');
    expect(await call).toEqual(aborted);
    expect(performance.now() - startedMs).toBeLessThan(500);
    if (silent.open() > 0) await silent.nextClosed();
    expect(silent.open()).toBe(0);
  });

  it.each(Object.keys(all))('lets %s begin nothing', async (verb) => {
    const before = transports.counts();
    const call = all[verb]?.(within(60_000, AbortSignal.abort())) ?? Promise.resolve();
    expect(await faultOfCall(call)).toEqual(aborted);
    expect(transports.counts()).toEqual(before);
  });

  it('ends a thousand calls that share one signal, without a warning', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const run = new AbortController();
    const calls = Array.from({ length: 1000 }, () =>
      faultOfCall(transports.http(get(silent.url), within(60_000, run.signal))),
    );
    await expect.poll(() => silent.open(), { interval: 5 }).toBe(2);
    run.abort();
    expect(new Set((await Promise.all(calls)).map(({ code }) => code))).toEqual(
      new Set(['aborted']),
    );
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });
});
