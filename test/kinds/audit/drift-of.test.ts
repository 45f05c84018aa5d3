import { expect, it } from 'vitest';
import { compareAudits } from '../../../src/audit/compare/compare-audits.ts';
import { driftOf } from '../../../src/kinds/audit/drift-of.ts';
import { factsWith, reportOf } from '../../audit/report.ts';

const nowMs = Date.parse('2026-02-19T00:00:00.000Z');
const lateMs = Date.parse('2026-04-19T00:00:00.000Z');
const against = (after: ReturnType<typeof reportOf>) => compareAudits(reportOf(), after);

it('is in sync, drift, unknown or unmanaged, and says when its audit is old', () => {
  const newest = reportOf();
  expect(driftOf(newest, against(newest), nowMs)).toMatchObject({ verdict: 'in-sync', note: '' });
  expect(driftOf(newest, against(newest), lateMs)).toMatchObject({
    ...{ verdict: 'in-sync', note: 'its last audit is older than 30 days' },
  });
  expect(driftOf(newest, null, nowMs)).toMatchObject({
    ...{ verdict: 'unmanaged', note: 'nothing is accepted: joelclaw audit accept clanker-001' },
  });
  const gone = reportOf({ facts: factsWith({ hardware: { disks: [] } }) });
  expect(driftOf(gone, against(gone), nowMs)).toEqual({
    verdict: 'drift',
    note: 'disk sda is gone',
    change: {
      ...{ added: 0, removed: 1 },
      lines: ['@@ critical: disk sda is gone @@', '-SSD 870 500.00 GB'],
    },
  });
  const hidden = reportOf({ facts: factsWith({ crontabs: null }) });
  expect(driftOf(hidden, against(hidden), nowMs)).toMatchObject({
    ...{ verdict: 'unknown', note: 'one thing could not be compared' },
  });
});
