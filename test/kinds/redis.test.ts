import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { look, previousOf, verdictOf } from './look.ts';

/** INFO of a redis-server 7.0.15 that has just been started. */
const recorded = readFileSync(new URL('./recorded/redis-7.0.15-info.txt', import.meta.url), 'utf8');

const url = 'redis://localhost:6379';

/** The recording with some fields changed; a field that it has not is the test's mistake. */
function infoWith(fields: Readonly<Record<string, string | number>>): string {
  return Object.entries(fields).reduce((info, [key, value]) => {
    const line = new RegExp(`^${key}:.*$`, 'm');
    if (!line.test(info)) throw new Error(`INFO has no ${key}`);
    return info.replace(line, `${key}:${value}`);
  }, recorded);
}

function ask(info: string, before?: Result, maxMemoryRatio = 0.9): Promise<Result> {
  const request = { url, commands: [['PING'], ['INFO']] };
  return look({
    kind: 'redis',
    spec: { url, maxMemoryRatio },
    calls: [{ verb: 'redis', request, answer: { latencyMs: 2, replies: ['PONG', info] } }],
    ...(before ? { previous: previousOf(before) } : {}),
  });
}

const memory = (ratio: number): string =>
  infoWith({ maxmemory: 1_000_000, used_memory: ratio * 1_000_000 });

describe('a redis check', () => {
  it('reads what a real Redis says of itself', async () => {
    const result = await ask(recorded);
    expect(verdictOf(result)).toBe('up: PONG, 7.0.15');
    expect(result).toMatchObject({
      latencyMs: 2,
      facts: {
        role: 'master',
        loading: false,
        rdbLastSave: 'ok',
        aofEnabled: false,
        maxMemoryBytes: 0,
        evictedKeys: 0,
        connectedClients: 1,
      },
    });
    expect(result.facts['usedMemoryBytes']).toBeGreaterThan(500_000);
  });

  it('takes line ends of either kind', async () => {
    const unix = await ask(recorded.replaceAll('\r\n', '\n'));
    const wire = await ask(recorded.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'));
    expect(wire.facts).toEqual(unix.facts);
  });

  it.each<[string, Readonly<Record<string, string | number>>, string]>([
    ['loads its data', { loading: 1 }, 'still loading its data from disk'],
    [
      'could not save',
      { rdb_last_bgsave_status: 'err' },
      'the last save to disk failed (rdb_last_bgsave_status err)',
    ],
    [
      'cannot append',
      { aof_enabled: 1, aof_last_write_status: 'err' },
      'the append-only file cannot be written',
    ],
    [
      'could not rewrite',
      { aof_enabled: 1, aof_last_bgrewrite_status: 'err' },
      'the last append-only rewrite failed',
    ],
  ])('is degraded when Redis %s', async (_title, fields, note) => {
    expect(verdictOf(await ask(infoWith(fields)))).toBe(`degraded: ${note}`);
  });

  it('minds no append-only trouble of a Redis that does not append', async () => {
    const info = infoWith({ aof_enabled: 0, aof_last_write_status: 'err' });
    expect((await ask(info)).verdict.state).toBe('up');
  });

  it.each([
    [100, 100, 'up'],
    [100, 101, 'degraded'],
    [100, 0, 'up'],
  ])('that had evicted %i keys and now %i is %s', async (before, now, state) => {
    const first = await ask(infoWith({ evicted_keys: before }));
    expect((await ask(infoWith({ evicted_keys: now }), first)).verdict.state).toBe(state);
  });

  it('knows nothing of evictions before its first sample', async () => {
    expect((await ask(infoWith({ evicted_keys: 4211 }))).verdict.state).toBe('up');
  });

  it.each([
    [0.95, 'degraded', 'degraded'],
    [0.9, 'degraded', 'degraded'],
    [0.87, 'up', 'degraded'],
    [0.84, 'up', 'up'],
  ])('with %d of its memory is %s after up and %s after degraded', async (ratio, up, degraded) => {
    const states = [
      (await ask(memory(ratio), await ask(memory(0.1)))).verdict.state,
      (await ask(memory(ratio), await ask(memory(0.99)))).verdict.state,
    ];
    expect(states).toEqual([up, degraded]);
  });

  it('has no share of memory where there is no limit', async () => {
    expect((await ask(infoWith({ used_memory: 10 ** 12 }))).verdict.state).toBe('up');
  });

  it.each([
    ['an answer to PING that is none', ['-ERR', recorded], 'PING was answered "-ERR"'],
    ['an INFO that is none', ['PONG', 'hello'], 'INFO holds no redis_version or used_memory'],
    ['no answer at all', [], 'PING was answered ""'],
  ])('takes %s for a protocol fault', async (_title, replies, message) => {
    const request = { url, commands: [['PING'], ['INFO']] };
    const calls = [{ verb: 'redis' as const, request, answer: { latencyMs: 2, replies } }];
    const { fault, verdict } = await look({ kind: 'redis', spec: { url }, calls });
    expect(fault).toMatchObject({ code: 'protocol', message });
    expect(verdict.state).toBe('down');
  });
});
