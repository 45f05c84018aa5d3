import { expect, test } from 'vitest';
import { createLab } from '../../src/lab/index.ts';
import { createVirtualClock } from '../../src/lab/virtual-clock.ts';
import { options } from './sample.ts';

async function startedAt(atMs: number): Promise<string> {
  const clock = createVirtualClock(atMs);
  const { transports } = createLab('healthy', { clock });
  const request = { url: 'http://localhost:3111/', method: 'GET', headers: {}, tls: {} };
  const { body } = await clock.until(transports.http(request, options));
  return JSON.parse(body).worker.startedAt;
}

test('labs of one day, each made by another process, have the same worker: it was not restarted', async () => {
  const morning = Date.UTC(2026, 1, 18, 9);
  expect(await startedAt(morning + 3_600_000)).toBe(await startedAt(morning));
});
