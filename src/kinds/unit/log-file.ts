import { isJsonObject } from '../../model/json.ts';
import type { ObserveContext } from '../contract.ts';
import type { LogFacts } from './facts.ts';
import type { FileStat, FileStats } from './stat-files.ts';

/** The log of a unit: of its files the one that was written last. */
export function logFile(
  paths: readonly string[],
  stats: FileStats,
  context: ObserveContext,
): LogFacts | null {
  const found = [...new Set(paths)].flatMap((path) => {
    const stat = stats.get(path);
    return stat && !stat.isLink ? [{ path, ...stat }] : [];
  });
  const [last] = found.toSorted((a, b) => b.writtenMs - a.writtenMs);
  if (!last) return null;
  const nowMs = context.transports.clock.now();
  return {
    path: last.path,
    sizeBytes: last.sizeBytes,
    ageSeconds: Math.max(0, Math.floor((nowMs - last.writtenMs) / 1000)),
    growthBytesPerMinute: growthOf(last, nowMs, context),
  };
}

/** Since the last look; null at the first, and when the file was cut or replaced. */
function growthOf(
  { path, sizeBytes }: FileStat & { readonly path: string },
  nowMs: number,
  { previous }: ObserveContext,
): number | null {
  const before = previous?.facts['log'];
  const atMs = previous?.facts['aroundAtMs'];
  if (!isJsonObject(before) || typeof atMs !== 'number' || before['path'] !== path) return null;
  const size = before['sizeBytes'];
  if (typeof size !== 'number' || sizeBytes < size || nowMs - atMs < shortestMs) return null;
  return Math.round(((sizeBytes - size) / (nowMs - atMs)) * 60_000);
}

/** Over less, a burst of lines looks like a flood. */
const shortestMs = 30_000;
