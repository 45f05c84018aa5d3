import { expect, it } from 'vitest';
import type { AuditDiff } from '../../src/model/audit-diff.ts';
import { auditDiffText } from '../../src/outputs/audit-diff-text.ts';

const same: AuditDiff = {
  host: 'box',
  accepted: { id: 'a1', at: '2026-02-18T09:00:00.000Z' },
  newest: { id: 'a2', at: '2026-02-19T09:00:00.000Z' },
  ...{ verdict: 'same', changes: [], unknowns: [], untold: [] },
};
const change = (id: string) => ({
  ...{ id, what: 'added', title: `new ${id}`, before: null, after: 'joel' },
  severity: 'warning',
});
const unknown = { id: 'x', title: 'crontabs', why: 'the newest audit could not tell' };
const beside = 'the accepted audit of 2026-02-18T09:00Z (a1)';

it.each<[Partial<AuditDiff>, readonly string[]]>([
  [{}, [`box, as of 2026-02-19T09:00Z, is as ${beside} says`]],
  [
    { verdict: 'differs', changes: [change('user')] as AuditDiff['changes'] },
    [`differs in one thing from ${beside}`, 'warning', 'new user', '–', 'joel'],
  ],
  [
    { verdict: 'differs', changes: [change('user'), change('key')] as AuditDiff['changes'] },
    ['differs in 2 things'],
  ],
  [{ verdict: 'unknown', unknowns: [unknown] }, ['one thing could not be compared', 'crontabs']],
  [{ verdict: 'unknown', unknowns: [unknown, unknown] }, ['2 things could not be compared']],
  [{ untold: ['firewall', 'keys'] }, ['neither could tell: firewall, keys']],
])('tells how two audits differ (%#)', (more, words) => {
  const text = auditDiffText({ ...same, ...more }, false);
  for (const one of words) expect(text).toContain(one);
});
