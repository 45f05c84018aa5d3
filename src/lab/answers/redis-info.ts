import type { Moment } from '../site.ts';

/** How a simulated Redis is doing: bytes, and evictions since its start. */
interface RedisLoad {
  readonly usedMemoryBytes: number;
  readonly evictedKeys: number;
}

const maxMemoryBytes = 268_435_456;

/** It had run for 12 days when the lab began. */
const uptimeBeforeMs = 12 * 86_400_000;

/** A queue with little to do: 9 MB, as the real one under k8s. */
export function restingRedis(moment: Moment): string {
  return redisInfo({ usedMemoryBytes: 9_437_184, evictedKeys: 0 }, moment);
}

/** At its limit, throwing 25 keys a second away: what `allkeys-lru` does to a queue. */
export function evictingRedis(moment: Moment): string {
  const evictedKeys = 4_211 + Math.floor((moment.nowMs - moment.startMs) / 40);
  return redisInfo({ usedMemoryBytes: Math.round(maxMemoryBytes * 0.99), evictedKeys }, moment);
}

/** INFO of Redis 7.0 as `redis-server --maxmemory 256mb --maxmemory-policy allkeys-lru` prints it. */
function redisInfo(load: RedisLoad, { nowMs, startMs }: Moment): string {
  const uptimeSeconds = Math.floor((nowMs - startMs + uptimeBeforeMs) / 1000);
  const lastSaveSeconds = Math.floor(startMs / 1000) - 60;
  const sections = [
    server(nowMs, uptimeSeconds),
    memory(load.usedMemoryBytes),
    persistence(lastSaveSeconds),
    stats(uptimeSeconds, load.evictedKeys),
    rest,
  ];
  return sections.join('\n').replaceAll('\n', '\r\n');
}

function server(nowMs: number, uptimeSeconds: number): string {
  return `# Server
redis_version:7.0.15
redis_git_sha1:00000000
redis_mode:standalone
os:Linux 6.12.62-talos aarch64
arch_bits:64
multiplexing_api:epoll
process_id:1
run_id:09b4892865ad8d3dda0acf3148e103dc2dbafa04
tcp_port:6379
server_time_usec:${nowMs * 1000}
uptime_in_seconds:${uptimeSeconds}
uptime_in_days:${Math.floor(uptimeSeconds / 86_400)}
hz:10
executable:/data/redis-server
config_file:

# Clients
connected_clients:4
maxclients:10000
blocked_clients:0
`;
}

function memory(usedBytes: number): string {
  return `# Memory
used_memory:${usedBytes}
used_memory_human:${inMegabytes(usedBytes)}
used_memory_rss:${usedBytes + 11_182_384}
used_memory_peak:${usedBytes + 65_536}
used_memory_overhead:876416
used_memory_startup:876208
maxmemory:${maxMemoryBytes}
maxmemory_human:${inMegabytes(maxMemoryBytes)}
maxmemory_policy:allkeys-lru
mem_allocator:jemalloc-5.3.0
`;
}

function persistence(lastSaveSeconds: number): string {
  return `# Persistence
loading:0
async_loading:0
rdb_changes_since_last_save:0
rdb_bgsave_in_progress:0
rdb_last_save_time:${lastSaveSeconds}
rdb_last_bgsave_status:ok
rdb_last_bgsave_time_sec:0
aof_enabled:1
aof_rewrite_in_progress:0
aof_last_bgrewrite_status:ok
aof_last_write_status:ok
`;
}

function stats(uptimeSeconds: number, evictedKeys: number): string {
  return `# Stats
total_connections_received:5120
total_commands_processed:${uptimeSeconds * 3}
instantaneous_ops_per_sec:3
rejected_connections:0
expired_keys:18
evicted_keys:${evictedKeys}
keyspace_hits:918273
keyspace_misses:4711
`;
}

const rest = `# Replication
role:master
connected_slaves:0
master_failover_state:no-failover

# CPU
used_cpu_sys:812.331207
used_cpu_user:604.118530

# Modules

# Errorstats

# Cluster
cluster_enabled:0

# Keyspace
db0:keys=1284,expires=37,avg_ttl=3599041
`;

function inMegabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(2)}M`;
}
