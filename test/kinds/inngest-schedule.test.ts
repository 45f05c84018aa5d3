import { describe, expect, it } from 'vitest';
import { cadenceOf, nextRunOf } from '../../src/kinds/inngest/cadence.ts';

const moments = ['2026-02-18T09:00:00Z', '2026-03-29T00:59:59Z', '2028-02-28T23:59:59.999Z'];
const patterns = ['0 * * * *', '*/7 3,5 * * 1-5', '0 0 29 2 *', '@daily', '5/15 * * * *'];

describe('a cron without a zone', () => {
  it.each(patterns)('is that of UTC by its offset and by its name alike: %s', (value) => {
    const plain = [{ type: 'CRON', value }];
    const named = [{ type: 'CRON', value: `TZ=Etc/UTC ${value}` }];
    for (const moment of moments) {
      const nowMs = Date.parse(moment);
      expect(nextRunOf(plain, nowMs)).toBe(nextRunOf(named, nowMs));
      expect(cadenceOf(plain, nowMs)).toBe(cadenceOf(named, nowMs));
      expect(cadenceOf(plain, nowMs)).not.toBeNull();
    }
  });
});
