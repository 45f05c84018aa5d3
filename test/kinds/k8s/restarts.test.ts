import { describe, expect, it } from 'vitest';
import type { Previous } from '../../../src/kinds/contract.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import type { Result } from '../../../src/model/result.ts';
import { previousOf, verdictOf } from '../look.ts';
import { nowMs } from '../strict-transports.ts';
import { lookAt } from './ask.ts';
import { ended, podOf, workloadOf } from './objects.ts';

const running = (restartCount: number, lastState: JsonObject = {}, name = 'redis-0') =>
  podOf({ name, container: { restartCount, lastState } });

async function look(
  pods: readonly JsonObject[],
  { before, atMs = nowMs }: { before?: Result; atMs?: number } = {},
): Promise<Result> {
  const previous: { previous?: Previous } = before ? { previous: previousOf(before) } : {};
  const statefulsets = [workloadOf({ wanted: pods.length })];
  return lookAt({ lists: { statefulsets, pods, events: [] }, atMs, ...previous });
}

describe('restarts of a workload that looks well', () => {
  const oom = ended(137, 7200, 'OOMKilled');

  it('are no loop while none is new, however many there were', async () => {
    const first = await look([running(17, oom)]);
    expect(verdictOf(first)).toBe('up: 1 of 1 ready');
    const second = await look([running(17, oom)], { before: first, atMs: nowMs + 10_000 });
    expect(verdictOf(second)).toBe('up: 1 of 1 ready');
  });

  it('are told by one after a bad end, in words', async () => {
    const first = await look([running(17, oom)]);
    const second = await look([running(18, oom)], { before: first, atMs: nowMs + 10_000 });
    expect(verdictOf(second)).toBe('degraded: restarted after OOMKilled (exit 137)');
  });

  it('are summed over its pods', async () => {
    const clean = ended(0, 7200, 'Completed');
    const pods = (a: number, b: number) => [running(a, clean), running(b, clean, 'redis-1')];
    const first = await look(pods(1, 1));
    const second = await look(pods(2, 2), { before: first, atMs: nowMs + 10_000 });
    expect(second.facts).toMatchObject({ starts: 4, restarts: 2, badExit: null });
    expect(verdictOf(second)).toBe('degraded: restarts again and again');
  });

  it('begin anew with a new pod, which has fewer', async () => {
    const first = await look([running(17, oom)]);
    const second = await look([running(0)], { before: first, atMs: nowMs + 10_000 });
    expect(verdictOf(second)).toBe('up: 1 of 1 ready');
    expect(second.facts).toMatchObject({ starts: 0, restarts: 0 });
  });

  it('are seen in one sample where the last one is of just now', async () => {
    const first = await look([running(3, ended(137, 20, 'OOMKilled'))]);
    expect(verdictOf(first)).toBe('degraded: restarted after OOMKilled (exit 137)');
    const later = await look([running(3, ended(137, 301, 'OOMKilled'))]);
    expect(verdictOf(later)).toBe('up: 1 of 1 ready');
  });

  it('come with how long it is up', async () => {
    const pod = podOf({ age: 8, container: { restartCount: 3 } });
    expect((await look([pod])).facts).toMatchObject({ upSeconds: 8 });
  });
});
