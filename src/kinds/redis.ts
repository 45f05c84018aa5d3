import * as z from 'zod';
import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { Verdict } from '../model/result.ts';
import { defineKind, type Previous } from './contract.ts';

const spec = z.strictObject({
  url: z.url({ protocol: /^rediss?$/, error: 'is not a redis:// or rediss:// URL' }),
  /** Used memory by maxmemory from which it is degraded; it clears 5 points lower. */
  maxMemoryRatio: z.number().gt(0).max(1).default(0.9),
});

/** Of INFO (Redis 7): memory in bytes, the persistence words, evictions since start. */
interface RedisFacts {
  readonly latencyMs: number;
  readonly version: string;
  readonly role: string;
  readonly uptimeSeconds: number;
  readonly usedMemoryBytes: number;
  readonly maxMemoryBytes: number;
  readonly maxMemoryPolicy: string;
  readonly evictedKeys: number;
  readonly connectedClients: number;
  readonly loading: boolean;
  readonly rdbLastSave: string;
  readonly aofEnabled: boolean;
  readonly aofLastWrite: string;
  readonly aofLastRewrite: string;
}

/** PING answered, memory against maxmemory, persistence that works, keys that are not being evicted. */
export const redis = defineKind({
  kind: 'redis',
  summary: 'Redis answers PING; its memory, persistence and evictions are well.',
  spec,
  observe: async ({ url }, { transports, options }) => {
    const { replies, latencyMs } = await transports.redis(
      { url, commands: [['PING'], ['INFO']] },
      options,
    );
    const [pong = '', info = ''] = replies;
    if (pong !== 'PONG') throw new FaultError(faultOf('protocol', `PING was answered "${pong}"`));
    return parseInfo(info, latencyMs);
  },
  judge,
});

/** INFO is lines of `key:value` under `# Section` headings. */
function parseInfo(info: string, latencyMs: number): RedisFacts {
  const fields = new Map<string, string>();
  for (const line of info.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) fields.set(line.slice(0, colon), line.slice(colon + 1));
  }
  const text = (key: string): string => fields.get(key) ?? '';
  const number = (key: string): number => Number(fields.get(key) ?? 0) || 0;
  if (!fields.has('redis_version') || !fields.has('used_memory')) {
    throw new FaultError(faultOf('protocol', 'INFO holds no redis_version or used_memory'));
  }
  return {
    latencyMs,
    version: text('redis_version'),
    role: text('role'),
    uptimeSeconds: number('uptime_in_seconds'),
    usedMemoryBytes: number('used_memory'),
    maxMemoryBytes: number('maxmemory'),
    maxMemoryPolicy: text('maxmemory_policy'),
    evictedKeys: number('evicted_keys'),
    connectedClients: number('connected_clients'),
    loading: text('loading') === '1',
    rdbLastSave: text('rdb_last_bgsave_status'),
    aofEnabled: text('aof_enabled') === '1',
    aofLastWrite: text('aof_last_write_status'),
    aofLastRewrite: text('aof_last_bgrewrite_status'),
  };
}

/** All that is wrong stands in the note, and tells the next sample what has been raised. */
function judge(
  facts: RedisFacts,
  previous: Previous | null,
  { maxMemoryRatio }: z.output<typeof spec>,
): Verdict {
  const troubles = [
    persistenceTrouble(facts),
    evictionTrouble(facts, previous),
    memoryTrouble(facts, { previous, maxMemoryRatio }),
  ].filter((trouble) => trouble !== null);
  return troubles.length === 0
    ? { state: 'up', note: `PONG, ${facts.version}` }
    : { state: 'degraded', note: troubles.join('; ') };
}

function persistenceTrouble(facts: RedisFacts): string | null {
  if (facts.loading) return 'still loading its data from disk';
  if (facts.rdbLastSave === 'err')
    return 'the last save to disk failed (rdb_last_bgsave_status err)';
  if (facts.aofEnabled && facts.aofLastWrite === 'err')
    return 'the append-only file cannot be written';
  if (facts.aofEnabled && facts.aofLastRewrite === 'err')
    return 'the last append-only rewrite failed';
  return null;
}

/** Evictions are silent data loss for a queue: any since the last sample is trouble. */
function evictionTrouble(facts: RedisFacts, previous: Previous | null): string | null {
  const before = previous?.facts['evictedKeys'];
  if (typeof before !== 'number' || facts.evictedKeys <= before) return null;
  return `keys are being evicted (${facts.maxMemoryPolicy}): queued work may be lost`;
}

const nearMaxMemory = 'memory is near maxmemory';

function memoryTrouble(
  { usedMemoryBytes, maxMemoryBytes }: RedisFacts,
  limit: { readonly previous: Previous | null; readonly maxMemoryRatio: number },
): string | null {
  if (maxMemoryBytes === 0) return null;
  const clearance = limit.previous?.note.includes(nearMaxMemory) ? 0.05 : 0;
  const ratio = usedMemoryBytes / maxMemoryBytes;
  return ratio < limit.maxMemoryRatio - clearance ? null : nearMaxMemory;
}
